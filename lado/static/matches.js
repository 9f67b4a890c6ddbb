// While an adult's name is typed, asks who on record may be meant and shows it beside the name.
const WAIT = 400

for (const place of document.querySelectorAll('[data-matches-of]')) follow(place)

function follow (place) {
  const { matchesOf: prefix, matchesAt: address } = place.dataset
  const form = place.closest('form')
  const parts = ['surname', 'forename', 'date_of_birth-day', 'date_of_birth-month', 'date_of_birth-year', 'organisation']
  const inputs = parts.map(part => [part, form.elements[`${prefix}-${part}`]]).filter(([, input]) => input)
  // Where it happened belongs to the call; it is told of beside the first adult.
  if (prefix === 'adults-0' && form.elements.setting) inputs.push(['setting', form.elements.setting])
  let timer, under
  const heard = document.createElement('p')
  heard.className = 'govuk-visually-hidden'
  heard.setAttribute('role', 'status')
  place.before(heard)

  for (const [, input] of inputs) {
    // A name that is taken from a list of suggestions only says that it changed.
    for (const kind of ['input', 'change']) input.addEventListener(kind, soon)
  }

  function soon () {
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT)
  }

  async function ask () {
    under?.abort()
    under = new AbortController()
    const sent = new FormData()
    sent.append('csrf_token', form.elements.csrf_token.value)
    sent.append('prefix', prefix)
    for (const [part, input] of inputs) sent.append(part, input.value)
    try {
      const answer = await fetch(address, { method: 'POST', body: sent, signal: under.signal })
      if (answer.ok && !answer.redirected) show((await answer.json()).html)
    } catch {
      // The line is lost, or a later question took its place: what stands stays.
    }
  }

  function show (html) {
    const chosen = place.querySelector('input:checked')?.value
    place.innerHTML = html
    const radios = [...place.querySelectorAll('input[type=radio]')]
    for (const radio of radios) radio.checked = radio.value === chosen
    const people = Math.max(0, radios.length - 2)
    heard.textContent = people ? `${people} on record may be meant` : ''
  }
}
