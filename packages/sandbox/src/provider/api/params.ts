/** Parameters before they are flattened: what is undefined or null is not sent. */
export type Request = { readonly [name: string]: RequestValue };
export type RequestValue =
  string | number | boolean | null | undefined | readonly RequestValue[] | { readonly [name: string]: RequestValue };

/** The flat text parameters of the wire: lists become `Name.1`, objects `Name.Sub`. Empty text is sent. */
export function flatten(request: Request): Record<string, string> {
  const flat: Record<string, string> = {};
  const put = (name: string, value: RequestValue): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) value.forEach((one: RequestValue, at) => put(`${name}.${at + 1}`, one));
    else if (typeof value === "object")
      for (const [sub, one] of Object.entries(value)) put(`${name}.${sub}`, one as RequestValue);
    else flat[name] = String(value);
  };
  for (const [name, value] of Object.entries(request)) put(name, value);
  return flat;
}
