import { markSize, type MarkStyle, type Rgb } from './marks.ts';
import { edgesOf, type Domain, type RowScene } from './scene.ts';

const VERTEX = `#version 300 es
precision highp float;
layout(location = 0) in vec3 onProbe;   // ŵ·x, ŵ·d, ŵ·p
layout(location = 1) in vec3 onSecond;  // e·x, e·d, e·p
layout(location = 2) in vec3 lengths;   // x·x, x·d, d·d
layout(location = 3) in vec3 others;    // x·p, d·p, p·p
layout(location = 4) in float label;
layout(location = 5) in float logit;
uniform vec3 amount;                    // alpha, beta, gamma
uniform int norm;                       // 0 none, 1 original, 2 interpolated
uniform vec2 origin;
uniform bool useLogit;
uniform vec4 domain;                    // x from, x to, y from, y to
uniform vec2 size;                      // of the picture, pixels
uniform vec3 edges;                     // decision, above, below
uniform bool ofAnswer;
uniform bool silentTurn;
uniform vec2 pointSizes;                // of a mark, of a silent failure
uniform vec2 radii;
flat out vec2 shape;                    // hollow, diamond
flat out float radius;
flat out float points;
void main() {
  float scale = 1.0;
  if (norm != 0) {
    float square = amount.x * amount.x * lengths.x + amount.y * amount.y * lengths.z + amount.z * amount.z * others.z
      + 2.0 * (amount.x * amount.y * lengths.y + amount.z * (amount.x * others.x + amount.y * others.y));
    float length = norm == 1 ? sqrt(lengths.x) : amount.x * sqrt(lengths.x) + amount.y * sqrt(lengths.z);
    scale = length / sqrt(square);
  }
  float x = useLogit ? logit : dot(onProbe, amount) * scale - origin.x;
  float y = dot(onSecond, amount) * scale - origin.y;
  float answer = x >= edges.x ? 1.0 : 0.0;
  bool confident = ofAnswer ? (answer == 1.0 ? x > edges.y : x < edges.z) : (x > edges.y || x < edges.z);
  bool silent = confident && answer != label;
  vec2 at = floor(vec2((x - domain.x) / (domain.y - domain.x), (domain.w - y) / (domain.w - domain.z)) * size);
  bool seen = all(greaterThanEqual(at, vec2(0.0))) && all(lessThan(at, size)) && silent == silentTurn;
  vec2 place = (at + 0.5) / size;
  gl_Position = seen ? vec4(2.0 * place.x - 1.0, 1.0 - 2.0 * place.y, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  points = silent ? pointSizes.y : pointSizes.x;
  radius = silent ? radii.y : radii.x;
  gl_PointSize = points;
  shape = vec2(1.0 - label, silent ? 1.0 : 0.0);
}`;

/** The lines of marks.ts `coverage`. */
const FRAGMENT = `#version 300 es
precision highp float;
flat in vec2 shape;
flat in float radius;
flat in float points;
uniform float stroke;
uniform float opacity;
uniform vec3 class0;
uniform vec3 class1;
uniform vec3 silentColor;
out vec4 color;
void main() {
  vec2 d = (gl_PointCoord - 0.5) * points;
  bool diamond = shape.y > 0.5;
  float distance = diamond ? (abs(d.x) + abs(d.y)) * 0.70710678 : length(d);
  float edge = diamond ? radius * 0.70710678 : radius;
  float inside = clamp(edge + 0.5 - distance, 0.0, 1.0);
  if (shape.x > 0.5) inside = min(inside, clamp(distance - (edge - stroke) + 0.5, 0.0, 1.0));
  vec3 plain = shape.x > 0.5 ? class0 : class1;
  color = vec4(diamond ? silentColor : plain, inside * (diamond ? 1.0 : opacity));
}`;

export interface GpuPainter {
  /** Draws the scene; the geometry is uploaded when it is another one than before. */
  draw(scene: RowScene, domain: Domain, style: MarkStyle): void;
  destroy(): void;
}

function compile(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error('The GPU gives no shader.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? 'No shader.');
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'No program.');
  return program;
}

/** Three columns side by side, as float32; a missing one is all zeros. */
function columns(n: number, ...parts: readonly (Float64Array | null)[]): Float32Array {
  const out = new Float32Array(n * parts.length);
  parts.forEach((part, c) => {
    if (part !== null) for (let i = 0; i < n; i++) out[i * parts.length + c] = part[i];
  });
  return out;
}

/** A painter on the GPU: rows are placed in the vertex shader, a step sends three numbers. Null where WebGL 2 is missing. */
export function createGpuPainter(canvas: HTMLCanvasElement): GpuPainter | null {
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, preserveDrawingBuffer: true });
  if (gl === null) return null;
  let program: WebGLProgram;
  try {
    program = compile(gl);
  } catch {
    return null;
  }
  const array = gl.createVertexArray();
  const buffers = Array.from({ length: 6 }, () => gl.createBuffer());
  const places = new Map<string, WebGLUniformLocation | null>();
  const at = (name: string): WebGLUniformLocation | null => {
    let place = places.get(name);
    if (place === undefined) places.set(name, (place = gl.getUniformLocation(program, name)));
    return place;
  };
  const put = (index: number, values: Float32Array, width: number, usage: number): void => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[index]);
    gl.bufferData(gl.ARRAY_BUFFER, values, usage);
    gl.enableVertexAttribArray(index);
    gl.vertexAttribPointer(index, width, gl.FLOAT, false, 0, 0);
  };
  const rgb = (name: string, [r, g, b]: Rgb): void => gl.uniform3f(at(name), r / 255, g / 255, b / 255);
  let uploaded: RowScene['geometry'] | null = null;

  const upload = (geometry: RowScene['geometry']): void => {
    const { rows, gram, probe, second, labels } = geometry;
    put(0, columns(rows, probe?.axis.ex ?? null, probe?.axis.ed ?? null, probe?.axis.ep ?? null), 3, gl.STATIC_DRAW);
    put(1, columns(rows, second.axis.ex, second.axis.ed, second.axis.ep), 3, gl.STATIC_DRAW);
    put(2, columns(rows, gram.n2, gram.xd, gram.dd), 3, gl.STATIC_DRAW);
    put(3, columns(rows, gram.xp, gram.dp, gram.pp), 3, gl.STATIC_DRAW);
    put(4, Float32Array.from(labels), 1, gl.STATIC_DRAW);
    put(5, new Float32Array(rows), 1, gl.DYNAMIC_DRAW);
    uploaded = geometry;
  };

  return {
    draw(scene, domain, style) {
      const { geometry, coefficients, logits } = scene;
      const edges = edgesOf(scene);
      const [width, height] = [canvas.width, canvas.height];
      gl.viewport(0, 0, width, height);
      gl.useProgram(program);
      gl.bindVertexArray(array);
      if (uploaded !== geometry) upload(geometry);
      if (logits !== null) put(5, logits, 1, gl.DYNAMIC_DRAW);
      gl.uniform3f(at('amount'), coefficients.alpha, coefficients.beta, coefficients.gamma);
      gl.uniform1i(at('norm'), geometry.norm === 'none' ? 0 : geometry.norm === 'original' ? 1 : 2);
      gl.uniform2f(at('origin'), geometry.probe?.origin ?? 0, geometry.second.origin);
      gl.uniform1i(at('useLogit'), logits === null ? 0 : 1);
      gl.uniform4f(at('domain'), domain.x[0], domain.x[1], domain.y[0], domain.y[1]);
      gl.uniform2f(at('size'), width, height);
      // float32 holds no number beyond 3.4e38: τ = 1 puts the edge at infinity, where no row is.
      const finite = (value: number): number => Math.min(1e38, Math.max(-1e38, value));
      gl.uniform3f(at('edges'), finite(edges.decision), finite(edges.above), finite(edges.below));
      gl.uniform1i(at('ofAnswer'), edges.ofAnswer ? 1 : 0);
      gl.uniform2f(at('pointSizes'), markSize(style.radius), markSize(style.silentRadius));
      gl.uniform2f(at('radii'), style.radius, style.silentRadius);
      gl.uniform1f(at('stroke'), style.stroke);
      gl.uniform1f(at('opacity'), style.opacity);
      rgb('class0', style.class0);
      rgb('class1', style.class1);
      rgb('silentColor', style.silent);
      const [r, g, b] = style.background;
      gl.clearColor(r / 255, g / 255, b / 255, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
      for (const turn of [0, 1]) {
        gl.uniform1i(at('silentTurn'), turn);
        gl.drawArrays(gl.POINTS, 0, geometry.rows);
      }
    },
    destroy() {
      buffers.forEach((buffer) => gl.deleteBuffer(buffer));
      gl.deleteVertexArray(array);
      gl.deleteProgram(program);
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}
