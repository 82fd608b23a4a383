// The scenario is an ES module, which Jest does not read without a flag.

exports.process = (text) => {
  const names = [...text.matchAll(/^export (?:async function|const) (\w+)/gm)].map(
    ([, name]) => name,
  )
  return { code: `${text.replace(/^export /gm, '')}\nmodule.exports = { ${names.join(', ')} }\n` }
}
