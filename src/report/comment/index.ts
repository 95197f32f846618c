export { commentMarker, isQuiet, renderComment, type CommentOptions } from "./comment";
