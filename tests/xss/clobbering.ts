/** Names and looks of the page's own parts, taken by text. */
export const clobbering = [
  '<div id="root">x</div>',
  '<form id=document name=body><input name=cookie></form>',
  '<a id=defaultView name=location href=https://evil.example>x</a>',
  '<img name=currentScript src=x>',
  '<a id=__webpack_nonce__ href="x">x</a>',
  '<meta property="csp-nonce" nonce="x">',
  '<base href="https://evil.example/"><script src=assets/x.js></script>',
  '<div class="mantine-Modal-root" style="position:fixed;inset:0">Sign in again</div>',
  '<p dir=rtl lang=x id=main>x</p>',
  '<a name=constructor id=__proto__>x</a>',
  '<form><input name=action><input name=submit></form>',
  '<object id=trustedTypes></object><iframe name=fetch></iframe>',
  '<a href="/glossary/x" data-terms="x" class="mark">x</a>',
  '<input type=checkbox checked onclick=alert(1)>',
  '# root\n\n## main\n\n### constructor',
]
