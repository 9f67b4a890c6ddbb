// Copies the text that a button stands over. Without this script it can be selected by hand.
for (const place of document.querySelectorAll('[data-copies]')) {
  if (!navigator.clipboard) continue
  place.hidden = false
  const said = place.querySelector('[role=status]')
  place.querySelector('button').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(place.dataset.copies).textContent)
      said.textContent = 'Copied'
    } catch {
      said.textContent = 'This browser does not allow it. Select the text and copy it.'
    }
  })
}
