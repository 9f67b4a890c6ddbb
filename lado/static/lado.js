import { initAll as startGovuk } from './vendor/govuk-frontend.min.js'
import { initAll as startMoj } from './vendor/moj-frontend.min.js'
import './cards.js'
import './suggest.js'
import './draft.js'
import './matches.js'
import './session.js'

startGovuk()
startMoj()
