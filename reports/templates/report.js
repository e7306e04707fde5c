// Search and filter of the report; without it the page is whole.
(() => {
  const form = document.getElementById('filter');
  const words = document.getElementById('words');
  const output = document.getElementById('shown');
  const boxes = [...form.querySelectorAll('input[name=verdict]')];

  const textOf = (element) => element.textContent.toLowerCase();
  const contracts = [...document.querySelectorAll('.contract')].map((element) => ({
    element,
    line: document.querySelector(`tr[data-of="${CSS.escape(element.id)}"]`),
    tables: [...element.querySelectorAll('.table')].map((table) => ({
      element: table,
      name: (table.dataset.name ?? '').toLowerCase(),
      details: table.querySelector('.promises'),
      units: [...table.querySelectorAll('.finding, tbody tr')]
        .filter((unit) => !unit.parentElement.closest('.finding'))
        .map((unit) => ({ element: unit, text: undefined, verdicts: (unit.dataset.v ?? 'pass').split(' ') })),
    })),
  }));

  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const isNarrow = wanted.length > 0 || verdicts.size < boxes.length;
    let tables = 0;
    let all = 0;
    for (const contract of contracts) {
      let isShown = false;
      for (const table of contract.tables) {
        all += 1;
        const left = wanted.filter((word) => !table.name.includes(word));
        let hits = 0;
        for (const unit of table.units) {
          unit.text ??= textOf(unit.element);
          const isHit =
            unit.verdicts.some((verdict) => verdicts.has(verdict)) && left.every((word) => unit.text.includes(word));
          unit.element.hidden = !isHit;
          if (isHit) hits += 1;
        }
        const isTableShown = hits > 0 || !isNarrow;
        table.element.hidden = !isTableShown;
        if (table.details) table.details.open = isNarrow && hits > 0;
        if (isTableShown) tables += 1;
        isShown ||= isTableShown;
      }
      contract.element.hidden = !isShown;
      if (contract.line) contract.line.hidden = !isShown;
    }
    output.value = isNarrow ? `${tables} of ${all} tables` : '';
  };

  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  };
  form.addEventListener('input', later);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });
  form.hidden = false;

  // A link to a finding that the filter hides shows it again.
  addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || target.getClientRects().length > 0) return;
    words.value = '';
    for (const box of boxes) box.checked = true;
    apply();
    target.scrollIntoView();
  });
})();
