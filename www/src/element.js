// Making elements. Text is only ever text: nothing here takes markup.

/** An element with properties, of which `class`, `aria-…`, `data-…` and the like are attributes. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value)
    else if (key in made && !key.includes('-')) made[key] = value
    else made.setAttribute(key === 'class' ? 'class' : key, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}

/** An element of the page. */
export function byId(id) {
  return document.getElementById(id)
}

/** Writes a text unless it stands there. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** A select with a name that is read out. */
export function choice(title, options, onchange) {
  const select = element('select', { onchange: () => onchange(select.value) })
  for (const [value, text] of options) select.append(element('option', { value }, text))
  return {
    select,
    holder: element('label', { class: 'choice' }, element('span', {}, title), select),
  }
}
