// Search and filter of the report; without it the page is whole.
(() => {
  const form = document.getElementById('filter');
  const words = document.getElementById('words');
  const output = document.getElementById('shown');
  const boxes = [...form.querySelectorAll('input[name=verdict]')];

  const nameOf = ({ dataset }) => (dataset.name ?? '').toLowerCase();
  const contracts = [...document.querySelectorAll('.contract')].map((element) => ({
    element,
    line: document.querySelector(`tr[data-of="${CSS.escape(element.id)}"]`),
    tables: [...element.querySelectorAll('.table')].map((table) => ({
      element: table,
      name: `${nameOf(element)} ${nameOf(table)}`,
      details: table.querySelector('.promises'),
      units: [...table.querySelectorAll('.finding, tbody tr')]
        .filter((unit) => !unit.parentElement.closest('.finding'))
        .map((unit) => ({ element: unit, text: undefined, verdicts: (unit.dataset.v ?? 'pass').split(' ') })),
    })),
  }));
  let wasNarrow = false;

  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const isNarrow = wanted.length > 0 || verdicts.size < boxes.length;
    let tables = 0;
    let all = 0;
    for (const contract of contracts) {
      let isShown = !isNarrow;
      for (const table of contract.tables) {
        all += 1;
        const left = wanted.filter((word) => !table.name.includes(word));
        let hits = 0;
        for (const unit of table.units) {
          unit.text ??= unit.element.textContent.toLowerCase();
          const isHit =
            unit.verdicts.some((verdict) => verdicts.has(verdict)) && left.every((word) => unit.text.includes(word));
          unit.element.hidden = !isHit;
          if (isHit) hits += 1;
        }
        const isTableShown = hits > 0 || !isNarrow;
        table.element.hidden = !isTableShown;
        if (table.details && isNarrow !== wasNarrow) {
          if (isNarrow) table.wasOpen = table.details.open;
          table.details.open = isNarrow || table.wasOpen;
        }
        if (isTableShown) tables += 1;
        isShown ||= isTableShown;
      }
      contract.element.hidden = !isShown;
      if (contract.line) contract.line.hidden = !isShown;
    }
    output.value = isNarrow ? `${tables} of ${all} tables` : '';
    wasNarrow = isNarrow;
  };

  let timer = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });

  // A link to what the filter hides shows all again.
  const reveal = (hash) => {
    const target = [...document.querySelectorAll('[id]')].find(({ id }) => `#${id}` === hash);
    if (!target || target.getClientRects().length > 0) return;
    words.value = '';
    for (const box of boxes) box.checked = true;
    apply();
    target.scrollIntoView();
  };
  addEventListener('hashchange', () => reveal(location.hash));
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (link) reveal(link.getAttribute('href') ?? link.getAttribute('xlink:href'));
  });

  form.hidden = false;
  // Coming back, a browser fills in what was chosen before.
  addEventListener('pageshow', apply);
})();
