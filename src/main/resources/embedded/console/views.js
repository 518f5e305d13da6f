// The views of the page. The fragment of the URL names the one that is shown.

/** `views` are the views that the links of `nav` lead to, by name. A view is refreshed when it is shown. */
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

  /** Switches to another user. */
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
