// Keeps what is typed into a form on the server, and says whether it is kept.
import { askSession, renewTokens } from './session.js'

const PAUSE = 3_000
const AT_MOST = 20_000
const AGAIN = 15_000
const PATIENCE = 10_000
// More than this a browser does not send after its page is left.
const LAST_WORDS = 60_000

const form = document.querySelector('form[data-draft]')
if (form) keep(form)

function keep (form) {
  const line = form.querySelector('[data-draft-line]')
  const said = form.querySelector('[data-draft-said]')
  // Beside a button that stays at the bottom, where the line by itself would be behind it.
  form.querySelector('.lado-save')?.append(line)
  const input = name => form.querySelector(`input[name=draft-${name}]`)
  let changes = 'unsaved' in form.dataset ? 1 : 0
  let kept = 0
  let waitingSince = 0
  let timer
  let atWork = null
  let leaves = false
  let failed = false

  function say (text, isFailure, aloud) {
    line.hidden = false
    line.textContent = text
    line.classList.toggle('lado-draft-line--failed', isFailure)
    // Heard once for each change of things, and not every few seconds.
    if (aloud) said.textContent = text
  }

  function pairs () {
    const sent = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
    return new URLSearchParams([...sent, ['draft-quietly', '1']])
  }

  async function post () {
    const answer = await fetch(form.dataset.draft, { method: 'POST', body: pairs(), redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })
    if (answer.type === 'opaqueredirect') return 401
    return answer.ok || answer.status === 409 ? answer.json() : answer.status
  }

  // The token of this page is out of date when its reader has signed in again meanwhile.
  async function postWithToken () {
    const first = await post()
    if (first !== 400) return first
    const session = await askSession()
    if (session === null) return 401
    if (session.user !== form.dataset.author) return 'another'
    renewTokens(session.token)
    return post()
  }

  async function attempt () {
    clearTimeout(timer)
    const upTo = changes
    let answer
    try {
      answer = await postWithToken()
    } catch {
      answer = 'away'
    }
    if (answer.saved) saved(answer, upTo)
    else if (answer.finished) kept = upTo
    else notSaved(answer)
    if (changes > kept) later(failed ? AGAIN : PAUSE)
    return answer
  }

  function saved (answer, upTo) {
    const elsewhere = answer.draft !== input('id').value
    input('id').value = answer.draft
    input('saved').value = answer.saved
    kept = upTo
    waitingSince = 0
    const news = elsewhere
      ? `This draft was changed in another window too. What you typed here is a draft of its own, saved at ${answer.saved}`
      : `Draft saved at ${answer.saved}`
    say(news, false, elsewhere || failed || !said.textContent)
    failed = false
    rememberAddress()
  }

  function notSaved (answer) {
    const since = input('saved').value ? `Not saved since ${input('saved').value}` : 'Not saved'
    const why = answer.message ? answer.message
      : answer === 401 ? 'you are signed out. What you typed is still on this page. Sign in in another tab, and it is saved then'
        : answer === 'another' ? 'somebody else is signed in in this browser. What you typed is still on this page. It can be saved when you are signed in again'
          : answer === 403 || answer === 404 ? 'you may no longer use this form. Copy what you need from this page'
            : answer === 413 ? 'it is too long. Save the form itself, or take something out'
              : 'no connection. What you typed is still on this page; it will be tried again'
    const text = `${since}: ${why}`
    say(text, true, said.textContent !== text)
    failed = true
  }

  // Loading the page again shows the draft.
  function rememberAddress () {
    const address = new URL(window.location.href)
    address.searchParams.set('draft', input('id').value)
    window.history.replaceState(null, '', address)
  }

  function save () {
    atWork ??= attempt().finally(() => { atWork = null })
    return atWork
  }

  function later (pause) {
    clearTimeout(timer)
    const longest = waitingSince + AT_MOST - Date.now()
    timer = setTimeout(save, failed ? pause : Math.max(0, Math.min(pause, longest)))
  }

  function changed () {
    changes += 1
    waitingSince ||= Date.now()
    if (!failed) later(PAUSE)
  }

  function lastWords () {
    if (leaves || changes === kept) return
    const body = pairs()
    if (String(body).length < LAST_WORDS) navigator.sendBeacon(form.dataset.draft, body)
    else save()
  }

  // A form goes only where it can be kept on the way: without a connection the page stays.
  async function submitted (event) {
    if (leaves || (changes === kept && !atWork)) return
    const button = event.submitter
    event.preventDefault()
    form.ariaBusy = 'true'
    if (atWork) await atWork
    const answer = await save()
    if (answer === 401 || answer === 'another' || answer === 'away' || answer >= 500) {
      form.ariaBusy = null
      line.scrollIntoView({ block: 'nearest' })
      return
    }
    leaves = true
    form.requestSubmit(button)
  }

  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('submit', submitted)
  document.addEventListener('visibilitychange', () => { if (document.hidden) lastWords() })
  window.addEventListener('pagehide', lastWords)
  window.addEventListener('pageshow', () => { leaves = false; form.ariaBusy = null })
  window.addEventListener('online', () => { if (failed) save() })
  if (input('saved').value) {
    say(`Draft saved at ${input('saved').value}`, false, false)
    rememberAddress()
  }
  if (changes) later(PAUSE)
}
