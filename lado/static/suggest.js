// Offers the organisations that fit while one is typed. The field works without it.
// The pattern is WAI-ARIA's combobox with a list: arrows choose, Enter takes, Escape closes.
const WAIT = 150
let timer
let asked = 0

function listOf (input) {
  const id = `${input.id}-suggestions`
  const there = document.getElementById(id)
  if (there) return there
  const list = document.createElement('ul')
  list.id = id
  list.className = 'lado-suggest__list'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Organisations on record')
  list.addEventListener('mousedown', event => {
    event.preventDefault() // the field keeps the focus
    const option = event.target.closest('[role=option]')
    if (option) take(input, option)
  })
  const status = document.createElement('div')
  status.className = 'govuk-visually-hidden'
  status.setAttribute('role', 'status')
  input.after(list, status)
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-controls', id)
  input.setAttribute('aria-expanded', 'false')
  return list
}

function close (input) {
  listOf(input).hidden = true
  input.setAttribute('aria-expanded', 'false')
  input.removeAttribute('aria-activedescendant')
}

function take (input, option) {
  input.value = option.dataset.name
  input.dispatchEvent(new Event('change', { bubbles: true }))
  close(input)
}

function line (input, { name, detail }, number) {
  const option = document.createElement('li')
  option.id = `${input.id}-suggestion-${number}`
  option.className = 'lado-suggest__option'
  option.dataset.name = name
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  const small = document.createElement('span')
  small.className = 'lado-suggest__detail'
  small.textContent = detail
  option.append(name, ' ', small)
  return option
}

async function suggest (input) {
  const number = ++asked
  const body = new URLSearchParams({ csrf_token: input.form.elements.csrf_token.value, typed: input.value })
  let found = []
  try {
    const answer = await fetch(input.dataset.suggest, { method: 'POST', body })
    if (answer.ok && !answer.redirected) found = await answer.json()
  } catch {
    // The line may be back with the next letter.
  }
  if (number !== asked || document.activeElement !== input) return
  const list = listOf(input)
  list.replaceChildren(...found.map((each, place) => line(input, each, place + 1)))
  list.hidden = !found.length
  input.setAttribute('aria-expanded', String(found.length > 0))
  input.removeAttribute('aria-activedescendant')
  list.nextElementSibling.textContent = found.length === 1 ? '1 suggestion' : `${found.length || 'No'} suggestions`
}

function move (input, list, step) {
  const options = [...list.children]
  const now = options.findIndex(option => option.getAttribute('aria-selected') === 'true')
  const next = now < 0 && step < 0 ? options.length - 1 : (now + step + options.length) % options.length
  options.forEach((option, place) => option.setAttribute('aria-selected', String(place === next)))
  input.setAttribute('aria-activedescendant', options[next].id)
  options[next].scrollIntoView({ block: 'nearest' })
}

document.addEventListener('input', ({ target }) => {
  if (!target.dataset.suggest) return
  clearTimeout(timer)
  timer = setTimeout(() => suggest(target), WAIT)
})

document.addEventListener('keydown', event => {
  const input = event.target
  if (!input.dataset || !input.dataset.suggest || input.getAttribute('aria-expanded') !== 'true') return
  const list = listOf(input)
  const chosen = list.querySelector('[aria-selected=true]')
  if (event.key === 'ArrowDown') move(input, list, 1)
  else if (event.key === 'ArrowUp') move(input, list, -1)
  else if (event.key === 'Enter' && chosen) take(input, chosen)
  else if (event.key === 'Escape') close(input)
  else return
  event.preventDefault()
})

document.addEventListener('focusout', ({ target }) => {
  if (target.dataset && target.dataset.suggest) close(target)
})
