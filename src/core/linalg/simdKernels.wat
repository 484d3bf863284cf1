;; Row kernels over float32 rows, with float64 sums (WebAssembly SIMD, no relaxed instructions: same bits everywhere).
;; Row numbers come as a list of u32 whose length is a multiple of 4 (padded by repetition) in addRows.
;; The order of every sum is that of dotAt in dot.ts and of the loops in plainKernels.ts.
(module
  (import "env" "memory" (memory 1))

  (func $row (param $values i32) (param $rowBytes i32) (param $index i32) (result i32)
    (i32.add (local.get $values) (i32.mul (local.get $rowBytes) (i32.load (local.get $index)))))

  ;; Factor of the row whose number lies at $index.
  (func $factor (param $scale i32) (param $index i32) (result f64)
    (f64.load (i32.add (local.get $scale) (i32.shl (i32.load (local.get $index)) (i32.const 3)))))

  (func $total (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result f64)
    (local.set $a
      (f64x2.add (f64x2.add (local.get $a) (local.get $c)) (f64x2.add (local.get $b) (local.get $d))))
    (f64.add (f64x2.extract_lane 0 (local.get $a)) (f64x2.extract_lane 1 (local.get $a))))

  ;; Inner product of a float32 row with float64 w: eight interleaved sums, then the last dims mod 8 products.
  (func $dot (param $p i32) (param $w i32) (param $dims i32) (result f64)
    (local $i i32) (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128) (local $t f64)
    (local.set $i (i32.shr_u (local.get $dims) (i32.const 3)))
    (block $whole
      (br_if $whole (i32.eqz (local.get $i)))
      (loop $eight
        (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (v128.load (local.get $w)) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $p))))))
        (local.set $s1 (f64x2.add (local.get $s1) (f64x2.mul (v128.load offset=16 (local.get $w)) (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $p))))))
        (local.set $s2 (f64x2.add (local.get $s2) (f64x2.mul (v128.load offset=32 (local.get $w)) (f64x2.promote_low_f32x4 (v128.load64_zero offset=16 (local.get $p))))))
        (local.set $s3 (f64x2.add (local.get $s3) (f64x2.mul (v128.load offset=48 (local.get $w)) (f64x2.promote_low_f32x4 (v128.load64_zero offset=24 (local.get $p))))))
        (local.set $p (i32.add (local.get $p) (i32.const 32)))
        (local.set $w (i32.add (local.get $w) (i32.const 64)))
        (br_if $eight (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
    (local.set $t (call $total (local.get $s0) (local.get $s1) (local.get $s2) (local.get $s3)))
    (local.set $i (i32.and (local.get $dims) (i32.const 7)))
    (block $end
      (br_if $end (i32.eqz (local.get $i)))
      (loop $tail
        (local.set $t (f64.add (local.get $t) (f64.mul (f64.load (local.get $w)) (f64.promote_f32 (f32.load (local.get $p))))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (local.set $w (i32.add (local.get $w) (i32.const 8)))
        (br_if $tail (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
    (local.get $t))

  ;; out[k] = x_k · w for $count rows.
  (func (export "matVec") (param $values i32) (param $rowBytes i32) (param $scale i32) (param $index i32) (param $count i32) (param $w i32) (param $dims i32) (param $out i32)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (f64.store (local.get $out)
          (f64.mul
            (call $dot (call $row (local.get $values) (local.get $rowBytes) (local.get $index)) (local.get $w) (local.get $dims))
            (call $factor (local.get $scale) (local.get $index))))
        (local.set $index (i32.add (local.get $index) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))

  ;; out += a·p + b·q + c·r + d·s over dims features.
  (func $add4 (param $p i32) (param $q i32) (param $r i32) (param $s i32) (param $a f64) (param $b f64) (param $c f64) (param $d f64) (param $dims i32) (param $out i32)
    (local $i i32) (local $av v128) (local $bv v128) (local $cv v128) (local $dv v128)
    (local.set $av (f64x2.splat (local.get $a)))
    (local.set $bv (f64x2.splat (local.get $b)))
    (local.set $cv (f64x2.splat (local.get $c)))
    (local.set $dv (f64x2.splat (local.get $d)))
    (local.set $i (i32.shr_u (local.get $dims) (i32.const 2)))
    (block $done
      (br_if $done (i32.eqz (local.get $i)))
      (loop $next
        (v128.store (local.get $out)
          (f64x2.add (f64x2.add (f64x2.add (f64x2.add (v128.load (local.get $out))
            (f64x2.mul (local.get $av) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $p)))))
            (f64x2.mul (local.get $bv) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $q)))))
            (f64x2.mul (local.get $cv) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $r)))))
            (f64x2.mul (local.get $dv) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $s))))))
        (v128.store offset=16 (local.get $out)
          (f64x2.add (f64x2.add (f64x2.add (f64x2.add (v128.load offset=16 (local.get $out))
            (f64x2.mul (local.get $av) (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $p)))))
            (f64x2.mul (local.get $bv) (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $q)))))
            (f64x2.mul (local.get $cv) (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $r)))))
            (f64x2.mul (local.get $dv) (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $s))))))
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (local.set $q (i32.add (local.get $q) (i32.const 16)))
        (local.set $r (i32.add (local.get $r) (i32.const 16)))
        (local.set $s (i32.add (local.get $s) (i32.const 16)))
        (local.set $out (i32.add (local.get $out) (i32.const 32)))
        (br_if $next (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
    (local.set $i (i32.and (local.get $dims) (i32.const 3)))
    (block $end
      (br_if $end (i32.eqz (local.get $i)))
      (loop $tail
        (f64.store (local.get $out)
          (f64.add (f64.add (f64.add (f64.add (f64.load (local.get $out))
            (f64.mul (local.get $a) (f64.promote_f32 (f32.load (local.get $p)))))
            (f64.mul (local.get $b) (f64.promote_f32 (f32.load (local.get $q)))))
            (f64.mul (local.get $c) (f64.promote_f32 (f32.load (local.get $r)))))
            (f64.mul (local.get $d) (f64.promote_f32 (f32.load (local.get $s))))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (local.set $q (i32.add (local.get $q) (i32.const 4)))
        (local.set $r (i32.add (local.get $r) (i32.const 4)))
        (local.set $s (i32.add (local.get $s) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br_if $tail (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))))

  ;; out += Σ_k r[k]·x_k for $count rows (a multiple of 4; r is 0 for padding).
  (func (export "addRows") (param $values i32) (param $rowBytes i32) (param $scale i32) (param $index i32) (param $count i32) (param $r i32) (param $dims i32) (param $out i32)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (call $add4
          (call $row (local.get $values) (local.get $rowBytes) (local.get $index))
          (call $row (local.get $values) (local.get $rowBytes) (i32.add (local.get $index) (i32.const 4)))
          (call $row (local.get $values) (local.get $rowBytes) (i32.add (local.get $index) (i32.const 8)))
          (call $row (local.get $values) (local.get $rowBytes) (i32.add (local.get $index) (i32.const 12)))
          (f64.mul (f64.load (local.get $r)) (call $factor (local.get $scale) (local.get $index)))
          (f64.mul (f64.load offset=8 (local.get $r)) (call $factor (local.get $scale) (i32.add (local.get $index) (i32.const 4))))
          (f64.mul (f64.load offset=16 (local.get $r)) (call $factor (local.get $scale) (i32.add (local.get $index) (i32.const 8))))
          (f64.mul (f64.load offset=24 (local.get $r)) (call $factor (local.get $scale) (i32.add (local.get $index) (i32.const 12))))
          (local.get $dims) (local.get $out))
        (local.set $index (i32.add (local.get $index) (i32.const 16)))
        (local.set $r (i32.add (local.get $r) (i32.const 32)))
        (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 4)))))))

  (func $square (param $p i32) (param $dims i32) (result f64)
    (local $i i32) (local $x v128) (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128) (local $t f64) (local $y f64)
    (local.set $i (i32.shr_u (local.get $dims) (i32.const 3)))
    (block $whole
      (br_if $whole (i32.eqz (local.get $i)))
      (loop $eight
        (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $p))))
        (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (local.get $x) (local.get $x))))
        (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $p))))
        (local.set $s1 (f64x2.add (local.get $s1) (f64x2.mul (local.get $x) (local.get $x))))
        (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero offset=16 (local.get $p))))
        (local.set $s2 (f64x2.add (local.get $s2) (f64x2.mul (local.get $x) (local.get $x))))
        (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero offset=24 (local.get $p))))
        (local.set $s3 (f64x2.add (local.get $s3) (f64x2.mul (local.get $x) (local.get $x))))
        (local.set $p (i32.add (local.get $p) (i32.const 32)))
        (br_if $eight (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
    (local.set $t (call $total (local.get $s0) (local.get $s1) (local.get $s2) (local.get $s3)))
    (local.set $i (i32.and (local.get $dims) (i32.const 7)))
    (block $end
      (br_if $end (i32.eqz (local.get $i)))
      (loop $tail
        (local.set $y (f64.promote_f32 (f32.load (local.get $p))))
        (local.set $t (f64.add (local.get $t) (f64.mul (local.get $y) (local.get $y))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (br_if $tail (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
    (local.get $t))

  ;; out[k] = ‖x_k‖²
  (func (export "squaredNorms") (param $values i32) (param $rowBytes i32) (param $scale i32) (param $index i32) (param $count i32) (param $dims i32) (param $out i32)
    (local $f f64)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (local.set $f (call $factor (local.get $scale) (local.get $index)))
        (f64.store (local.get $out)
          (f64.mul
            (call $square (call $row (local.get $values) (local.get $rowBytes) (local.get $index)) (local.get $dims))
            (f64.mul (local.get $f) (local.get $f))))
        (local.set $index (i32.add (local.get $index) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))

  ;; dots[k] = x_k · w and squares[k] = ‖x_k‖², as matVec and squaredNorms have them, each row read once.
  (func (export "dotsAndSquares") (param $values i32) (param $rowBytes i32) (param $scale i32) (param $index i32) (param $count i32) (param $w i32) (param $dims i32) (param $dots i32) (param $squares i32)
    (local $p i32) (local $v i32) (local $i i32) (local $x v128) (local $f f64) (local $y f64) (local $dt f64) (local $st f64)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128) (local $q0 v128) (local $q1 v128) (local $q2 v128) (local $q3 v128)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (local.set $p (call $row (local.get $values) (local.get $rowBytes) (local.get $index)))
        (local.set $v (local.get $w))
        (local.set $s0 (v128.const i64x2 0 0))
        (local.set $s1 (v128.const i64x2 0 0))
        (local.set $s2 (v128.const i64x2 0 0))
        (local.set $s3 (v128.const i64x2 0 0))
        (local.set $q0 (v128.const i64x2 0 0))
        (local.set $q1 (v128.const i64x2 0 0))
        (local.set $q2 (v128.const i64x2 0 0))
        (local.set $q3 (v128.const i64x2 0 0))
        (local.set $i (i32.shr_u (local.get $dims) (i32.const 3)))
        (block $whole
          (br_if $whole (i32.eqz (local.get $i)))
          (loop $eight
            (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $p))))
            (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (v128.load (local.get $v)) (local.get $x))))
            (local.set $q0 (f64x2.add (local.get $q0) (f64x2.mul (local.get $x) (local.get $x))))
            (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $p))))
            (local.set $s1 (f64x2.add (local.get $s1) (f64x2.mul (v128.load offset=16 (local.get $v)) (local.get $x))))
            (local.set $q1 (f64x2.add (local.get $q1) (f64x2.mul (local.get $x) (local.get $x))))
            (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero offset=16 (local.get $p))))
            (local.set $s2 (f64x2.add (local.get $s2) (f64x2.mul (v128.load offset=32 (local.get $v)) (local.get $x))))
            (local.set $q2 (f64x2.add (local.get $q2) (f64x2.mul (local.get $x) (local.get $x))))
            (local.set $x (f64x2.promote_low_f32x4 (v128.load64_zero offset=24 (local.get $p))))
            (local.set $s3 (f64x2.add (local.get $s3) (f64x2.mul (v128.load offset=48 (local.get $v)) (local.get $x))))
            (local.set $q3 (f64x2.add (local.get $q3) (f64x2.mul (local.get $x) (local.get $x))))
            (local.set $p (i32.add (local.get $p) (i32.const 32)))
            (local.set $v (i32.add (local.get $v) (i32.const 64)))
            (br_if $eight (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
        (local.set $dt (call $total (local.get $s0) (local.get $s1) (local.get $s2) (local.get $s3)))
        (local.set $st (call $total (local.get $q0) (local.get $q1) (local.get $q2) (local.get $q3)))
        (local.set $i (i32.and (local.get $dims) (i32.const 7)))
        (block $end
          (br_if $end (i32.eqz (local.get $i)))
          (loop $tail
            (local.set $y (f64.promote_f32 (f32.load (local.get $p))))
            (local.set $dt (f64.add (local.get $dt) (f64.mul (f64.load (local.get $v)) (local.get $y))))
            (local.set $st (f64.add (local.get $st) (f64.mul (local.get $y) (local.get $y))))
            (local.set $p (i32.add (local.get $p) (i32.const 4)))
            (local.set $v (i32.add (local.get $v) (i32.const 8)))
            (br_if $tail (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
        (local.set $f (call $factor (local.get $scale) (local.get $index)))
        (f64.store (local.get $dots) (f64.mul (local.get $dt) (local.get $f)))
        (f64.store (local.get $squares) (f64.mul (local.get $st) (f64.mul (local.get $f) (local.get $f))))
        (local.set $index (i32.add (local.get $index) (i32.const 4)))
        (local.set $dots (i32.add (local.get $dots) (i32.const 8)))
        (local.set $squares (i32.add (local.get $squares) (i32.const 8)))
        (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))

  ;; out[j] += Σ_k (x_kj − centre[j])², row by row.
  (func (export "squaredDeviations") (param $values i32) (param $rowBytes i32) (param $scale i32) (param $index i32) (param $count i32) (param $centre i32) (param $dims i32) (param $out i32)
    (local $p i32) (local $c i32) (local $o i32) (local $i i32) (local $f f64) (local $fv v128) (local $x v128) (local $y f64)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (local.set $p (call $row (local.get $values) (local.get $rowBytes) (local.get $index)))
        (local.set $f (call $factor (local.get $scale) (local.get $index)))
        (local.set $fv (f64x2.splat (local.get $f)))
        (local.set $c (local.get $centre))
        (local.set $o (local.get $out))
        (local.set $i (i32.shr_u (local.get $dims) (i32.const 1)))
        (block $rowDone
          (br_if $rowDone (i32.eqz (local.get $i)))
          (loop $pair
            (local.set $x
              (f64x2.sub
                (f64x2.mul (local.get $fv) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $p))))
                (v128.load (local.get $c))))
            (v128.store (local.get $o) (f64x2.add (v128.load (local.get $o)) (f64x2.mul (local.get $x) (local.get $x))))
            (local.set $p (i32.add (local.get $p) (i32.const 8)))
            (local.set $c (i32.add (local.get $c) (i32.const 16)))
            (local.set $o (i32.add (local.get $o) (i32.const 16)))
            (br_if $pair (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
        (if (i32.and (local.get $dims) (i32.const 1))
          (then
            (local.set $y
              (f64.sub (f64.mul (local.get $f) (f64.promote_f32 (f32.load (local.get $p)))) (f64.load (local.get $c))))
            (f64.store (local.get $o) (f64.add (f64.load (local.get $o)) (f64.mul (local.get $y) (local.get $y))))))
        (local.set $index (i32.add (local.get $index) (i32.const 4)))
        (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))

  (func $totalOfTwo (param $a v128) (param $b v128) (result f64)
    (local.set $a (f64x2.add (local.get $a) (local.get $b)))
    (f64.add (f64x2.extract_lane 0 (local.get $a)) (f64x2.extract_lane 1 (local.get $a))))

  ;; For $count float64 rows d at $block: wd[k] = w·d, xd[k] = x_k·d, dd[k] = d·d. Four interleaved sums each: eight
  ;; would not fit in sixteen registers.
  (func (export "displacementDots") (param $values i32) (param $rowBytes i32) (param $scale i32) (param $index i32) (param $count i32) (param $block i32) (param $w i32) (param $dims i32) (param $wd i32) (param $xd i32) (param $dd i32)
    (local $p i32) (local $q i32) (local $i i32) (local $d v128) (local $e v128)
    (local $wa v128) (local $wb v128) (local $xa v128) (local $xb v128) (local $da v128) (local $db v128)
    (local $wt f64) (local $xt f64) (local $dt f64) (local $y f64)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (local.set $p (call $row (local.get $values) (local.get $rowBytes) (local.get $index)))
        (local.set $q (local.get $w))
        (local.set $wa (v128.const i64x2 0 0))
        (local.set $wb (v128.const i64x2 0 0))
        (local.set $xa (v128.const i64x2 0 0))
        (local.set $xb (v128.const i64x2 0 0))
        (local.set $da (v128.const i64x2 0 0))
        (local.set $db (v128.const i64x2 0 0))
        (local.set $i (i32.shr_u (local.get $dims) (i32.const 2)))
        (block $rowDone
          (br_if $rowDone (i32.eqz (local.get $i)))
          (loop $four
            (local.set $d (v128.load (local.get $block)))
            (local.set $e (v128.load offset=16 (local.get $block)))
            (local.set $wa (f64x2.add (local.get $wa) (f64x2.mul (local.get $d) (v128.load (local.get $q)))))
            (local.set $wb (f64x2.add (local.get $wb) (f64x2.mul (local.get $e) (v128.load offset=16 (local.get $q)))))
            (local.set $xa (f64x2.add (local.get $xa) (f64x2.mul (local.get $d) (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $p))))))
            (local.set $xb (f64x2.add (local.get $xb) (f64x2.mul (local.get $e) (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $p))))))
            (local.set $da (f64x2.add (local.get $da) (f64x2.mul (local.get $d) (local.get $d))))
            (local.set $db (f64x2.add (local.get $db) (f64x2.mul (local.get $e) (local.get $e))))
            (local.set $block (i32.add (local.get $block) (i32.const 32)))
            (local.set $q (i32.add (local.get $q) (i32.const 32)))
            (local.set $p (i32.add (local.get $p) (i32.const 16)))
            (br_if $four (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
        (local.set $wt (call $totalOfTwo (local.get $wa) (local.get $wb)))
        (local.set $xt (call $totalOfTwo (local.get $xa) (local.get $xb)))
        (local.set $dt (call $totalOfTwo (local.get $da) (local.get $db)))
        (local.set $i (i32.and (local.get $dims) (i32.const 3)))
        (block $end
          (br_if $end (i32.eqz (local.get $i)))
          (loop $tail
            (local.set $y (f64.load (local.get $block)))
            (local.set $wt (f64.add (local.get $wt) (f64.mul (local.get $y) (f64.load (local.get $q)))))
            (local.set $xt (f64.add (local.get $xt) (f64.mul (local.get $y) (f64.promote_f32 (f32.load (local.get $p))))))
            (local.set $dt (f64.add (local.get $dt) (f64.mul (local.get $y) (local.get $y))))
            (local.set $block (i32.add (local.get $block) (i32.const 8)))
            (local.set $q (i32.add (local.get $q) (i32.const 8)))
            (local.set $p (i32.add (local.get $p) (i32.const 4)))
            (br_if $tail (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
        (f64.store (local.get $wd) (local.get $wt))
        (f64.store (local.get $xd) (f64.mul (local.get $xt) (call $factor (local.get $scale) (local.get $index))))
        (f64.store (local.get $dd) (local.get $dt))
        (local.set $index (i32.add (local.get $index) (i32.const 4)))
        (local.set $wd (i32.add (local.get $wd) (i32.const 8)))
        (local.set $xd (i32.add (local.get $xd) (i32.const 8)))
        (local.set $dd (i32.add (local.get $dd) (i32.const 8)))
        (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))

  ;; out[k] = a_k · b_k for float64 rows of two blocks.
  (func (export "pairDots") (param $p i32) (param $q i32) (param $count i32) (param $dims i32) (param $out i32)
    (local $i i32) (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128) (local $t f64)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (local.set $s0 (v128.const i64x2 0 0))
        (local.set $s1 (v128.const i64x2 0 0))
        (local.set $s2 (v128.const i64x2 0 0))
        (local.set $s3 (v128.const i64x2 0 0))
        (local.set $i (i32.shr_u (local.get $dims) (i32.const 3)))
        (block $whole
          (br_if $whole (i32.eqz (local.get $i)))
          (loop $eight
            (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (v128.load (local.get $p)) (v128.load (local.get $q)))))
            (local.set $s1 (f64x2.add (local.get $s1) (f64x2.mul (v128.load offset=16 (local.get $p)) (v128.load offset=16 (local.get $q)))))
            (local.set $s2 (f64x2.add (local.get $s2) (f64x2.mul (v128.load offset=32 (local.get $p)) (v128.load offset=32 (local.get $q)))))
            (local.set $s3 (f64x2.add (local.get $s3) (f64x2.mul (v128.load offset=48 (local.get $p)) (v128.load offset=48 (local.get $q)))))
            (local.set $p (i32.add (local.get $p) (i32.const 64)))
            (local.set $q (i32.add (local.get $q) (i32.const 64)))
            (br_if $eight (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
        (local.set $t (call $total (local.get $s0) (local.get $s1) (local.get $s2) (local.get $s3)))
        (local.set $i (i32.and (local.get $dims) (i32.const 7)))
        (block $end
          (br_if $end (i32.eqz (local.get $i)))
          (loop $tail
            (local.set $t (f64.add (local.get $t) (f64.mul (f64.load (local.get $p)) (f64.load (local.get $q)))))
            (local.set $p (i32.add (local.get $p) (i32.const 8)))
            (local.set $q (i32.add (local.get $q) (i32.const 8)))
            (br_if $tail (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
        (f64.store (local.get $out) (local.get $t))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))

  ;; sums[i][j] += Σ_k a_ki·a_kj for the lower triangle in tiles of 4 × 4, over $count rows a of $stride values at $block;
  ;; $stride is a multiple of 4. Each tile starts from zero, as in gram.ts.
  (func (export "addGram") (param $block i32) (param $count i32) (param $stride i32) (param $sums i32)
    (local $rowBytes i32) (local $i i32) (local $j i32) (local $k i32) (local $p i32) (local $q i32) (local $o i32) (local $x v128) (local $u v128) (local $v v128)
    (local $s00 v128) (local $s01 v128) (local $s10 v128) (local $s11 v128) (local $s20 v128) (local $s21 v128) (local $s30 v128) (local $s31 v128)
    (local.set $rowBytes (i32.shl (local.get $stride) (i32.const 3)))
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $nextI
        (local.set $j (i32.const 0))
        (loop $nextJ
          (local.set $s00 (v128.const i64x2 0 0))
          (local.set $s01 (v128.const i64x2 0 0))
          (local.set $s10 (v128.const i64x2 0 0))
          (local.set $s11 (v128.const i64x2 0 0))
          (local.set $s20 (v128.const i64x2 0 0))
          (local.set $s21 (v128.const i64x2 0 0))
          (local.set $s30 (v128.const i64x2 0 0))
          (local.set $s31 (v128.const i64x2 0 0))
          (local.set $p (i32.add (local.get $block) (local.get $i)))
          (local.set $q (i32.add (local.get $block) (local.get $j)))
          (local.set $k (local.get $count))
          (loop $nextK
            (local.set $u (v128.load (local.get $q)))
            (local.set $v (v128.load offset=16 (local.get $q)))
            (local.set $x (v128.load64_splat (local.get $p)))
            (local.set $s00 (f64x2.add (local.get $s00) (f64x2.mul (local.get $x) (local.get $u))))
            (local.set $s01 (f64x2.add (local.get $s01) (f64x2.mul (local.get $x) (local.get $v))))
            (local.set $x (v128.load64_splat offset=8 (local.get $p)))
            (local.set $s10 (f64x2.add (local.get $s10) (f64x2.mul (local.get $x) (local.get $u))))
            (local.set $s11 (f64x2.add (local.get $s11) (f64x2.mul (local.get $x) (local.get $v))))
            (local.set $x (v128.load64_splat offset=16 (local.get $p)))
            (local.set $s20 (f64x2.add (local.get $s20) (f64x2.mul (local.get $x) (local.get $u))))
            (local.set $s21 (f64x2.add (local.get $s21) (f64x2.mul (local.get $x) (local.get $v))))
            (local.set $x (v128.load64_splat offset=24 (local.get $p)))
            (local.set $s30 (f64x2.add (local.get $s30) (f64x2.mul (local.get $x) (local.get $u))))
            (local.set $s31 (f64x2.add (local.get $s31) (f64x2.mul (local.get $x) (local.get $v))))
            (local.set $p (i32.add (local.get $p) (local.get $rowBytes)))
            (local.set $q (i32.add (local.get $q) (local.get $rowBytes)))
            (br_if $nextK (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
          (local.set $o
            (i32.add
              (i32.add (local.get $sums) (local.get $j))
              (i32.mul (i32.shr_u (local.get $i) (i32.const 3)) (local.get $rowBytes))))
          (v128.store (local.get $o) (f64x2.add (v128.load (local.get $o)) (local.get $s00)))
          (v128.store offset=16 (local.get $o) (f64x2.add (v128.load offset=16 (local.get $o)) (local.get $s01)))
          (local.set $o (i32.add (local.get $o) (local.get $rowBytes)))
          (v128.store (local.get $o) (f64x2.add (v128.load (local.get $o)) (local.get $s10)))
          (v128.store offset=16 (local.get $o) (f64x2.add (v128.load offset=16 (local.get $o)) (local.get $s11)))
          (local.set $o (i32.add (local.get $o) (local.get $rowBytes)))
          (v128.store (local.get $o) (f64x2.add (v128.load (local.get $o)) (local.get $s20)))
          (v128.store offset=16 (local.get $o) (f64x2.add (v128.load offset=16 (local.get $o)) (local.get $s21)))
          (local.set $o (i32.add (local.get $o) (local.get $rowBytes)))
          (v128.store (local.get $o) (f64x2.add (v128.load (local.get $o)) (local.get $s30)))
          (v128.store offset=16 (local.get $o) (f64x2.add (v128.load offset=16 (local.get $o)) (local.get $s31)))
          (local.set $j (i32.add (local.get $j) (i32.const 32)))
          (br_if $nextJ (i32.le_u (local.get $j) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 32)))
        (br_if $nextI (i32.lt_u (local.get $i) (local.get $rowBytes)))))))
