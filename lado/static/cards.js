/* On a small screen each row of a list is a card: what a cell is called stands in it. Roles are
   named, for a table that is not drawn as one is no longer read out as one. */
const ROLES = {
  table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', td: 'cell',
  'th[scope=col]': 'columnheader', 'th[scope=row]': 'rowheader'
}

for (const table of document.querySelectorAll('main .govuk-table:not(.lado-figures, .lado-rota)')) {
  const names = [...table.querySelectorAll('thead th')].map(
    (head) => head.textContent.replace(/[▲▼]/, '').trim())
  if (!names.length) continue
  for (const row of table.querySelectorAll('tbody tr')) {
    if (row.cells.length !== names.length) continue
    ;[...row.cells].forEach((cell, place) => { cell.dataset.head = names[place] })
  }
  for (const [part, role] of Object.entries(ROLES)) {
    const found = part === 'table' ? [table] : table.querySelectorAll(part)
    found.forEach((each) => each.setAttribute('role', role))
  }
  table.classList.add('lado-cards')
}
