'use client'

import { useEffect, useState } from 'react'
import * as trackstats from 'trackstats'

import { run } from '../../scenario.js'

export default function Page() {
  const [text, setText] = useState('')
  useEffect(() => void run(trackstats).then(setText, (error) => setText(String(error))), [])
  return <output id="page">{text}</output>
}
