/** Something the user should know. The sandbox prints nothing: it hands these to the program that started it. */
export interface Notice {
  readonly type: "notice";
  readonly level: "info" | "warning";
  readonly message: string;
}
