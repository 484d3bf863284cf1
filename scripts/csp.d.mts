export const CONTENT_SECURITY_POLICY: string;
export const META_CONTENT_SECURITY_POLICY: string;
