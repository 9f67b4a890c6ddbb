// Moves the bar of the page that waits, and shows what was found when the work is done.
const waiting = document.querySelector('[data-progress-of]')
const EVERY = 1000

async function look () {
  try {
    const answer = await fetch(waiting.dataset.progressOf, { headers: { Accept: 'application/json' } })
    if (!answer.ok || answer.redirected) return window.location.reload()
    const { at_work: atWork, stage, share } = await answer.json()
    if (!atWork) return window.location.reload()
    const words = waiting.querySelector('[data-stage]')
    if (words.textContent !== stage) words.textContent = stage
    waiting.querySelector('progress').value = share
  } catch {
    // The line may be back the next time.
  }
  setTimeout(look, EVERY)
}

if (waiting) setTimeout(look, EVERY)
