// The views of the page, of which one is shown: the address names it after its "#".

/** `views` are those that the links of `nav` lead to, by name. One that comes into sight is refreshed. */
export function newViews(nav, views) {
  const links = [...nav.querySelectorAll('a')];
  const nameOf = (link) => link.hash.slice(1);
  let name;
  let used = false;
  addEventListener('hashchange', () => {
    show();
    refresh();
  });
  show();
  return { use, shown, refresh };

  /** Another person looks at them from now on. */
  function use(session, scopes) {
    used = true;
    Object.values(views).forEach((view) => view.use(session, scopes));
  }

  function shown() {
    return views[name];
  }

  function refresh() {
    if (used) shown().refresh();
  }

  function show() {
    name = nameOf(links.find(({ hash }) => hash === location.hash) ?? links[0]);
    for (const link of links) {
      link.ariaCurrent = nameOf(link) === name ? 'page' : null;
      document.getElementById(nameOf(link)).hidden = nameOf(link) !== name;
    }
  }
}
