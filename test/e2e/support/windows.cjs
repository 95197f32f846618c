"use strict";
// Node says that it runs on Windows; paths and processes stay those of this machine.
Object.defineProperty(process, "platform", { value: "win32" });
