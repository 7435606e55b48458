/** Name of the cache that holds the editor's page and its files. */
export const PAGE_CACHE = "kraftakt-editor"
