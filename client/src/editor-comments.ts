/** What shows threads in the editor's page, fetched with the first of them. */
export { ThreadView } from "./editor/comments/thread-view"
