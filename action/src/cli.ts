import { start } from "../../src/cli/start";

start();
