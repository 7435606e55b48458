/** What server-rendered pages ask for: each behaviour looks for its own data attributes and does no more. */
import { startChoosing } from "./behaviours/choosing"
import { startPasskeys } from "./behaviours/passkey"
import { startPrinting } from "./behaviours/print"
import { startShortcuts } from "./behaviours/shortcuts"
import { startSignOut } from "./behaviours/sign-out"
import { startSubmitOnce } from "./behaviours/submit-once"
import { startTabs } from "./behaviours/tabs"
import { startCounting } from "./behaviours/words"

startSubmitOnce(document)
startPasskeys(document)
startShortcuts(document)
startSignOut(document)
startPrinting(document)
startCounting(document)
startChoosing(document)
startTabs(document)
