// Warns before the session ends, and asks the server how long it lasts.
const dialog = document.querySelector('dialog[data-session]')
const LOOK_EVERY = 15_000
const MINUTE = 60_000
let idleAt, endAt, endsAtTime, told

function note ({ idle, end, ends }) {
  const now = Date.now()
  idleAt = now + idle * 1000
  endAt = now + end * 1000
  endsAtTime = ends
}

// What the server says, or null where nobody is signed in. Fails where there is no connection.
export async function askSession (method = 'GET', token = '') {
  const body = method === 'POST' ? new URLSearchParams({ csrf_token: token }) : undefined
  const answer = await fetch(dialog.dataset.session, { method, body, redirect: 'manual', signal: AbortSignal.timeout(10_000) })
  if (answer.type === 'opaqueredirect' || answer.status === 400 || answer.status === 401) return null
  if (!answer.ok) throw new Error('no answer')
  const session = await answer.json()
  note(session)
  return session
}

// A page that stood open while its reader signed in again goes on with the new token.
export function renewTokens (token) {
  for (const input of document.querySelectorAll('input[name=csrf_token]')) input.value = token
}

function minutes (until) {
  const left = Math.max(1, Math.ceil((until - Date.now()) / MINUTE))
  return left === 1 ? 'less than a minute' : `${left} minutes`
}

function kept () {
  return document.querySelector('form[data-draft]') ? ' What you type is kept as a draft, and you can go on with it after signing in again.' : ''
}

function show (text, button, signIn = false) {
  const words = dialog.querySelector('#session-words')
  if (words.textContent !== text) words.textContent = text
  dialog.querySelector('button').textContent = button
  dialog.querySelector('a').hidden = !signIn
  if (!dialog.open) dialog.showModal()
}

async function look () {
  const warned = dialog.dataset.warned * 1000
  if (Math.min(idleAt, endAt) - Date.now() > warned) {
    if (dialog.open) dialog.close()
    return
  }
  let session
  try {
    session = await askSession()
  } catch {
    // Said by the clock of this page until the line is back.
  }
  const now = Date.now()
  if (session === null || Math.min(idleAt, endAt) <= now) {
    if (told !== 'ended') show('You have been signed out. What you typed is still on this page. Sign in, then come back to it and go on.', 'Close', true)
    told = 'ended'
  } else if (endAt <= idleAt && endAt - now <= warned) {
    if (told !== 'end' || dialog.open) show(`You will be signed out ${endsAtTime ? `at ${endsAtTime}` : `in ${minutes(endAt)}`}, whatever you do until then, because your session has lasted so long.${kept()}`, 'Close')
    told = 'end'
  } else if (idleAt - now <= warned) {
    if (told !== 'idle' || dialog.open) show(`You will be signed out in ${minutes(idleAt)}, because nothing was sent for some time.${kept()}`, 'Stay signed in')
    told = 'idle'
  } else {
    told = ''
    if (dialog.open) dialog.close()
  }
}

async function pressed () {
  const stays = told === 'idle'
  dialog.close()
  if (!stays) return
  try {
    await askSession('POST', document.querySelector('input[name=csrf_token]').value)
    told = ''
  } catch {
    // The next look warns again.
    told = ''
  }
  look()
}

if (dialog) {
  note({ idle: dialog.dataset.idle, end: dialog.dataset.end })
  dialog.querySelector('button').addEventListener('click', pressed)
  setInterval(look, LOOK_EVERY)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look() })
}
