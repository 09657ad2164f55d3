// Put into a blank page, because ours makes no markup from text: reads a feed as readers do, with the browser's parser.

globalThis.readFeed = (xml) => {
  const feed = new DOMParser().parseFromString(xml, 'application/xml')
  const html = (text) => {
    const { body } = new DOMParser().parseFromString(text, 'text/html')
    return { words: body.textContent, elements: [...body.querySelectorAll('*')].map(({ localName }) => localName) }
  }
  return {
    error: feed.querySelector('parsererror')?.textContent ?? null,
    root: feed.documentElement.namespaceURI,
    entries: [...feed.querySelectorAll('entry')].map((entry) => ({
      id: entry.querySelector('id').textContent,
      title: entry.querySelector('title').textContent,
      content: html(entry.querySelector('content').textContent),
    })),
  }
}
