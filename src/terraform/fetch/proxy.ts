/**
 * The proxy that the environment names for an address, as curl and npm read it: `HTTPS_PROXY` or `HTTP_PROXY`, in lower
 * case too, and `NO_PROXY` with hosts and domains that need none.
 * @throws TypeError when it is no URL
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const named = read(env, url.protocol === "https:" ? "https_proxy" : "http_proxy") ?? read(env, "all_proxy");
  if (named === undefined || bypassesProxy(url, read(env, "no_proxy") ?? "")) return undefined;
  return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(named) ? named : `http://${named}`);
}

function read(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return [env[name], env[name.toUpperCase()]].find((value) => value !== undefined && value !== "");
}

function bypassesProxy(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === "*") return true;
    const [, host = "", onlyPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (host === "" || (onlyPort !== undefined && onlyPort !== port)) return false;
    return url.hostname === host || url.hostname.endsWith(`.${host}`);
  });
}

/** The header with the proxy's credentials, which its address has as `http://USER:PASSWORD@HOST`. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "Proxy-Authorization": `Basic ${Buffer.from(plain).toString("base64")}` };
}
