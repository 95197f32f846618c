/** It comes without types. */
declare module "markdown-it" {
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean });
    render(text: string): string;
  }
}
