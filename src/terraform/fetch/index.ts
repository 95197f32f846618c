export { setUpTerraform, type SetUpEvent, type SetUpResult } from "./set-up-terraform";
