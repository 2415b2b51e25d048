(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const list = document.getElementById('recordings');
  if (!list) return;
  const cards = [...list.children];
  const byId = (id) => document.getElementById(id);
  const find = byId('find');
  const pick = byId('class');
  const least = byId('least');
  const tip = byId('tip');
  const TRUTH = 10, ROW = 8, CAS = 34, MOST_ROWS = 5;
  let threshold = -Infinity;

  const svg = (parent, name, attributes, text) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  };
  const html = (parent, name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  };
  const seconds = (t) => t.toFixed(t < 100 ? 1 : 0);
  const clock = (t) => Math.floor(t / 60) + ':' + String(Math.round(t % 60)).padStart(2, '0');
  const span = (s, e) => seconds(s) + ' to ' + seconds(e) + ' s';
  const score = (s) => String(Number(s.toPrecision(3)));
  const tiou = (a, b) => {
    const both = Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
    const union = a[1] - a[0] + b[1] - b[0] - both;
    return union > 0 ? both / union : 0;
  };
  const about = (lane, d) => {
    const best = Math.max(0, ...lane.truth.map((g) => tiou(d, g)));
    return lane.label + ', detected, ' + span(d[0], d[1]) + ', score ' + score(d[2]) +
      (lane.truth.length ? ', best tIoU ' + best.toFixed(2) : ', not annotated here');
  };

  // The strongest detections first; each goes to the first row where it overlaps none.
  const rowsOf = (detections, gap) => {
    const rows = [];
    return { at: detections.map((d) => {
      let row = rows.findIndex((taken) => taken.every((t) => d[1] + gap <= t[0] || t[1] + gap <= d[0]));
      if (row < 0 && rows.length < MOST_ROWS) row = rows.push([]) - 1;
      if (row < 0) row = MOST_ROWS - 1;
      rows[row].push(d);
      return row;
    }), count: rows.length };
  };

  const draw = (card, recording) => {
    const holder = card.querySelector('.timeline');
    holder.textContent = '';
    const width = Math.max(280, list.clientWidth);
    const narrow = width < 620;
    const gutter = narrow ? 0 : 170;
    const right = 8;
    const x = (t) => gutter + Math.min(1, Math.max(0, t / recording.duration)) * (width - gutter - right);
    const picture = svg(holder, 'svg', { role: 'img', viewBox: '0 0 ' + width + ' 10' });
    const grid = svg(picture, 'g', {});
    let y = 4;
    const peak = recording.lanes.flatMap((l) => l.cas ? l.cas.values : []);
    const low = Math.min(0, ...peak), high = Math.max(1e-9, ...peak);
    for (const lane of recording.lanes) {
      if (narrow) y += 14;
      const letters = narrow ? 60 : 24;
      const name = lane.label.length > letters ? lane.label.slice(0, letters - 1) + '…' : lane.label;
      svg(picture, 'text', { x: 0, y: narrow ? y - 3 : y + 9, 'data-tip': lane.label }, name);
      for (const g of lane.truth) {
        svg(picture, 'rect', { class: 'truth', x: x(g[0]), y, height: TRUTH, rx: 2,
          width: Math.max(1.5, x(g[1]) - x(g[0])),
          'data-tip': lane.label + ', annotated, ' + span(g[0], g[1]) });
      }
      const top = y;
      if (lane.truth.length) y += TRUTH + 3;
      const rows = rowsOf(lane.detections, recording.duration / width);
      lane.detections.forEach((d, i) => {
        const bar = svg(picture, 'rect', { class: 'det', x: x(d[0]), y: y + rows.at[i] * (ROW + 2),
          height: ROW, rx: 2, width: Math.max(1.5, x(d[1]) - x(d[0])),
          opacity: (0.14 + 0.86 * Math.max(0, d[2] / data.maxScore)).toFixed(3), 'data-tip': about(lane, d) });
        bar.dataset.score = d[2];
        bar.classList.toggle('off', d[2] < threshold);
      });
      y += rows.count * (ROW + 2) + (rows.count ? 2 : 0);
      if (lane.cas && lane.cas.values.length) {
        const base = y + CAS;
        const h = (v) => (base - (v - low) / (high - low) * (CAS - 4)).toFixed(1);
        const line = lane.cas.values.map((v, i) => x((i + 0.5) * lane.cas.step).toFixed(1) + ' ' + h(v)).join('L');
        const end = x(lane.cas.values.length * lane.cas.step).toFixed(1);
        svg(picture, 'path', { class: 'under', d: 'M' + x(0) + ' ' + base + 'L' + line + 'L' + end + ' ' + base + 'Z' });
        svg(picture, 'path', { class: 'cas', d: 'M' + line });
        y = base + 2;
      }
      y = Math.max(y, top + TRUTH) + 10;
    }
    axis(grid, picture, recording.duration, x, y, width - gutter - right);
    picture.setAttribute('viewBox', '0 0 ' + width + ' ' + (y + 22));
    picture.setAttribute('aria-label', recording.id + ': ' + recording.lanes.map((l) =>
      l.label + ', ' + l.truth.length + ' annotated, ' + l.detections.length + ' detected').join('; '));
    const shown = recording.lanes.reduce((sum, l) => sum + l.detections.length, 0);
    if (shown < recording.total) {
      html(holder, 'p', 'Shown are ' + shown + ' of ' + recording.total + ' detections, the strongest' +
        (recording.hiddenClasses ? '; ' + recording.hiddenClasses + ' weaker classes are left out.' : '.'), 'meta');
    }
    numbers(holder, recording);
    card.drawn = true;
  };

  const axis = (grid, picture, duration, x, y, room) => {
    const wanted = duration / Math.max(2, Math.floor(room / 90));
    const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
    const step = steps.find((s) => s >= wanted) || Math.ceil(wanted / 3600) * 3600;
    for (let i = 0; i * step <= duration * 1.0001; i++) {
      const t = i * step;
      svg(grid, 'line', { class: 'grid', x1: x(t), x2: x(t), y1: 0, y2: y });
      const word = duration >= 180 ? clock(t) : Number(t.toFixed(1)) + ' s';
      svg(picture, 'text', { class: 'tick', x: x(t), y: y + 15, 'text-anchor': i ? x(t) + 20 > x(duration) ? 'end' : 'middle' : 'start' }, word);
    }
  };

  const numbers = (holder, recording) => {
    const details = html(holder, 'details', undefined, 'numbers');
    html(details, 'summary', 'As a table');
    details.addEventListener('toggle', () => {
      if (details.children.length > 1) return;
      const table = html(details, 'table');
      const row = (tag, cells) => cells.forEach((c, i, all) => html(i ? table.lastChild : html(table, 'tr'), tag, c));
      row('th', ['class', 'start, s', 'end, s', 'score']);
      for (const lane of recording.lanes) {
        for (const g of lane.truth) row('td', [lane.label, seconds(g[0]), seconds(g[1]), 'annotated']);
        for (const d of lane.detections) row('td', [lane.label, seconds(d[0]), seconds(d[1]), score(d[2])]);
      }
    });
  };

  const filter = () => {
    const words = find.value.trim().toLowerCase();
    let count = 0;
    cards.forEach((card, i) => {
      const recording = data.recordings[i];
      const labels = recording.lanes.map((l) => l.label);
      const hit = (!pick.value || labels.includes(pick.value)) && (!words ||
        [recording.id, ...labels].some((text) => text.toLowerCase().includes(words)));
      card.hidden = !hit;
      count += hit ? 1 : 0;
    });
    byId('count').textContent = count + ' of ' + cards.length + ' recordings';
  };
  const weigh = () => {
    threshold = least.value > 0 ? least.value / 100 * data.maxScore : -Infinity;
    byId('least-text').textContent = least.value > 0 ? score(threshold) : '0';
    for (const bar of list.getElementsByClassName('det')) bar.classList.toggle('off', +bar.dataset.score < threshold);
  };

  // What is near the screen is drawn at once, the rest when there is time.
  const near = new IntersectionObserver((entries) => {
    for (const e of entries) if (e.isIntersecting && !e.target.drawn) draw(e.target, data.recordings[cards.indexOf(e.target)]);
  }, { rootMargin: '600px' });
  let next = 0;
  const rest = () => {
    const until = performance.now() + 12;
    while (next < cards.length && performance.now() < until) {
      if (!cards[next].drawn) draw(cards[next], data.recordings[next]);
      next++;
    }
    if (next < cards.length) setTimeout(rest, 16);
  };
  const redraw = () => { cards.forEach((c) => { c.drawn = false; near.unobserve(c); near.observe(c); }); next = 0; rest(); };
  let width = list.clientWidth;
  let later = 0;
  window.addEventListener('resize', () => {
    clearTimeout(later);
    later = setTimeout(() => { if (list.clientWidth !== width) { width = list.clientWidth; redraw(); } }, 150);
  });
  document.addEventListener('mousemove', (event) => {
    const text = event.target instanceof Element ? event.target.getAttribute('data-tip') : null;
    tip.hidden = !text;
    if (!text) return;
    tip.textContent = text;
    tip.style.left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8) + 'px';
    tip.style.top = (event.clientY + 18 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 10 : event.clientY + 16) + 'px';
  });
  [...new Set(data.recordings.flatMap((r) => r.lanes.map((l) => l.label)))].sort().forEach((label) => {
    html(pick, 'option', label).value = label;
  });
  find.addEventListener('input', filter);
  pick.addEventListener('change', filter);
  least.addEventListener('input', weigh);
  filter();
  redraw();
})();
