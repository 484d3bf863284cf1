/** A device that may use what the adapter can do, as far as this lab has a use for it. */
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** Throws an Error with a sentence for people where the browser has no WebGPU, or has it without an adapter. */
export async function findAdapter(gpu: GPU | undefined): Promise<GPUAdapter> {
  if (!gpu) throw new Error('This browser has no WebGPU.');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) throw new Error('WebGPU is here but offers no adapter.');
  return adapter;
}

/** What the browser tells of the adapter, each word once, e.g. 'nvidia ampere' or 'google swiftshader (software)'. */
export function describeAdapter({
  vendor,
  architecture,
  description,
  isFallbackAdapter,
}: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'description' | 'isFallbackAdapter'>): string {
  const parts = [vendor, architecture, description].map((part) => (part ?? '').trim()).filter((part) => part !== '');
  const told = parts.filter(
    (part, k) => !parts.some((other, j) => j !== k && covers(other, part) && (other !== part || j < k)),
  );
  const name = told.join(' ') || 'an adapter without a name';
  return isFallbackAdapter ? `${name} (software)` : name;
}

function covers(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

export async function openDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const requiredLimits: Record<string, number> = {};
  for (const limit of WANTED_LIMITS) requiredLimits[limit] = adapter.limits[limit];
  try {
    return await adapter.requestDevice({ requiredLimits });
  } catch (error) {
    throw new Error(`The adapter ${describeAdapter(adapter.info)} gives no device: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
