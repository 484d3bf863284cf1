"""Times NumPy drawing the lab's noise. Arguments: count repeats. Prints JSON."""
import json
import sys
import time
import zlib

import numpy as np

count, repeats = int(sys.argv[1]), int(sys.argv[2])
out = np.empty(count)
seconds = []
for _ in range(repeats + 1):
    generator = np.random.Generator(np.random.SFC64(np.random.SeedSequence(42, spawn_key=(zlib.crc32(b"noise"),))))
    began = time.perf_counter()
    generator.standard_normal(out=out)
    seconds.append(time.perf_counter() - began)
json.dump(dict(seconds=seconds[1:], last=float(out[-1])), sys.stdout)
