import { start } from "./duck.js";
export { start };
