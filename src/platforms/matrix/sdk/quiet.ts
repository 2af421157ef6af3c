// Imported before anything else of the SDK: it writes to the console whatever logger a client is given, names of people included.
import './no-browser.ts'
import loglevel from 'loglevel'
import 'matrix-js-sdk/lib/logger.js'

const silent = () => (): void => {}
loglevel.methodFactory = silent
for (const logger of Object.values(loglevel.getLoggers())) {
  logger.methodFactory = silent
  logger.rebuild()
}
