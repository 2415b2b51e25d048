(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const video = byId('video'), canvas = byId('line'), list = byId('list'), rows = byId('rows');
  const line = { gutter: 132, right: 10, top: 30, lane: 46, axis: 22 }; // pixels of the time line
  const ROW = 32, NEAR = 7, POLL = 3000;
  let set = null; // all recordings, as the server told them
  let now = 0; // place of the recording that is shown
  let shown = []; // places of those in the list
  let curves = [], truth = [];
  let chosen = 0, cursor = 0, hover = null, selected = null;
  let view = [0, 1];
  let heard = 0; // notices of the server
  const undone = [];

  const make = (parent, name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  };
  const recording = () => set.recordings[now];
  const colour = (label) => {
    const i = Math.max(0, set.classes.indexOf(label));
    return 'hsl(' + (215 + i * 137.5) % 360 + ' 62% ' + (matchMedia('(prefers-color-scheme: dark)').matches ? 66 : 43) + '%)';
  };
  const clock = (t) => {
    const tenths = Math.round(t * 100) / 100;
    const minutes = Math.floor(tenths / 60);
    return minutes + ':' + (tenths - minutes * 60).toFixed(2).padStart(5, '0');
  };
  const isDone = (r) => r.labels.length ? r.labels.every((l) => r.points.some((p) => p[0] === l)) : r.points.length > 0;

  const say = (text, bad) => {
    byId('notice-text').textContent = text;
    byId('notice').classList.toggle('bad', !!bad);
    byId('notice').hidden = !text;
  };

  // Requests. Places are relative, so that each carries the secret of the address.
  const ask = async (place, body) => {
    let answer;
    try {
      answer = await fetch(place, body && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    } catch (e) {
      say('kairos label has ended or cannot be reached: nothing can be set. What is in the list below is in the file.', true);
      throw e;
    }
    const told = await answer.json();
    if (!answer.ok) {
      say('Not done: ' + told.error, true);
      throw new Error(told.error);
    }
    if (told.notices > heard) {
      heard = told.notices;
      say(told.notice);
    }
    return told;
  };

  const load = async () => {
    const told = await ask('set');
    const first = !set;
    set = told;
    if (first) {
      chosen = Math.max(0, set.classes.indexOf(set.chosen));
      byId('name').textContent = set.name;
      byId('file').textContent = 'Every click is in ' + set.file + ' before it is shown here.';
      document.title = 'label ' + set.name;
      const wanted = Number(location.hash.slice(1)) - 1;
      const open = set.recordings.findIndex((r) => !isDone(r));
      filter();
      show(wanted >= 0 && wanted < set.recordings.length ? Math.floor(wanted) : Math.max(0, open));
    } else {
      refresh();
    }
  };
  const poll = async () => {
    try {
      const told = await ask('state');
      if (told.revision !== set.revision) await load();
    } catch (e) { /* said */ }
    setTimeout(poll, POLL);
  };

  // One click: the page shows what the server has written, and nothing before.
  const send = async (what, id, point) => {
    const told = await ask(what, { id, label: point[0], seconds: point[1] });
    const target = set.recordings.find((r) => r.id === id);
    if (told.revision >= (target.revision || 0)) {
      target.points = told.points;
      target.revision = told.revision;
    }
    if (told.revision === set.revision + 1) set.revision = told.revision; // else the next poll brings the rest
    refresh();
  };
  const add = async (seconds) => {
    const point = [set.classes[chosen], Math.round(Math.min(Math.max(0, seconds), end()) * 1000) / 1000];
    const id = recording().id;
    await send('add', id, point);
    undone.push(['remove', id, point]);
    selected = point;
    refresh();
  };
  const remove = async (point) => {
    const id = recording().id;
    await send('remove', id, point);
    undone.push(['add', id, point]);
    selected = null;
    refresh();
  };
  const undo = async () => {
    const last = undone.pop();
    if (!last) return;
    const place = set.recordings.findIndex((r) => r.id === last[1]);
    if (place !== now) show(place);
    await send(last[0], last[1], last[2]);
  };
  const quietly = (promise) => promise.catch(() => {}); // the notice says what went wrong

  // The recording that is shown.
  const end = () => {
    const r = recording();
    const ends = [r.duration || 0, r.video && video.duration > 0 && !r.duration ? video.duration : 0];
    if (!r.duration) for (const c of curves) ends.push(c.first + (c.values.length - 0.5) * c.step);
    return Math.max(...ends) || 1;
  };
  const show = async (place) => {
    now = place;
    location.replace('#' + (place + 1));
    curves = []; truth = []; selected = null; hover = null; cursor = 0;
    const r = recording();
    byId('id').textContent = r.id;
    byId('labels').textContent = (r.labels.length ? 'occur here: ' + r.labels.join(', ') : 'nothing is known of what occurs here') + (r.duration ? ' · ' + clock(r.duration) + ' long' : '');
    byId('problem').hidden = true;
    const own = set.classes.indexOf(r.labels[0]);
    if (r.labels.length && !r.labels.includes(set.classes[chosen])) chosen = Math.max(0, own);
    video.hidden = !r.video;
    if (r.video) video.src = 'video/' + place;
    else { video.removeAttribute('src'); video.load(); }
    view = [0, end()];
    refresh();
    reveal();
    try {
      const told = await ask('curves/' + place);
      if (now !== place) return;
      curves = told.curves;
      truth = told.truth;
      byId('problem').textContent = told.problem || '';
      byId('problem').hidden = !told.problem;
    } catch (e) {
      if (now !== place) return;
    }
    view = [0, end()];
    document.body.dataset.ready = r.id;
    refresh();
  };
  const go = (t) => {
    cursor = Math.min(Math.max(0, t), end());
    if (!video.hidden) video.currentTime = cursor;
    const width = view[1] - view[0];
    if (cursor < view[0] || cursor > view[1]) look(cursor - width / 2, width);
    draw();
  };
  const look = (from, width) => {
    const most = end();
    const wide = Math.min(most, Math.max(width, most / 2000, 0.2));
    const begin = Math.min(Math.max(0, from), most - wide);
    view = [begin, begin + wide];
    draw();
  };
  const zoom = (factor, around) => {
    const width = (view[1] - view[0]) * factor;
    look(around - (around - view[0]) * factor, width);
  };

  // The list: only the rows on the screen are made, however many recordings there are.
  const filter = () => {
    const words = byId('find').value.trim().toLowerCase();
    const openOnly = byId('open-only').checked;
    shown = [];
    set.recordings.forEach((r, i) => {
      if ((!words || r.id.toLowerCase().includes(words)) && (!openOnly || !isDone(r) || i === now)) shown.push(i);
    });
    rows.style.height = shown.length * ROW + 'px';
    paint();
  };
  const paint = () => {
    const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 3);
    const last = Math.min(shown.length, first + Math.ceil(list.clientHeight / ROW) + 6);
    rows.textContent = '';
    for (let i = first; i < last; i++) {
      const r = set.recordings[shown[i]];
      const row = make(rows, 'button', undefined, 'row' + (isDone(r) ? ' done' : '') + (shown[i] === now ? ' now' : ''));
      row.style.top = i * ROW + 'px';
      make(row, 'span', r.id);
      make(row, 'span', isDone(r) ? '✓ ' + r.points.length : r.points.length || '');
      row.tabIndex = -1;
      row.addEventListener('click', () => show(shown[i]));
    }
  };
  const reveal = () => {
    const at = shown.indexOf(now) * ROW;
    if (at < list.scrollTop || at + ROW > list.scrollTop + list.clientHeight) list.scrollTop = at - list.clientHeight / 2;
    paint();
  };

  const refresh = () => {
    const r = recording();
    const done = set.recordings.filter(isDone).length;
    const count = set.recordings.reduce((sum, each) => sum + each.points.length, 0);
    byId('progress').textContent = done + ' of ' + set.recordings.length + ' recordings done · ' + count + (count === 1 ? ' point' : ' points');
    byId('share').style.width = 100 * done / set.recordings.length + '%';
    if (selected && !r.points.some((p) => same(p, selected))) selected = null;
    byId('delete').disabled = !selected;
    byId('undo').disabled = !undone.length;
    const classes = byId('classes');
    classes.textContent = '';
    set.classes.forEach((label, i) => {
      const button = make(classes, 'button', undefined, 'class' + (r.labels.includes(label) ? ' occurs' : ''));
      button.setAttribute('role', 'radio');
      button.setAttribute('aria-checked', String(i === chosen));
      make(button, 'i').style.background = colour(label);
      make(button, 'span', label);
      if (i < 9) make(button, 'kbd', String(i + 1));
      button.addEventListener('click', () => choose(i));
    });
    const table = byId('points');
    table.textContent = '';
    [...r.points].sort((a, b) => a[1] - b[1]).forEach((p) => {
      const row = make(table, 'tr', undefined, selected && same(p, selected) ? 'selected' : '');
      const name = make(row, 'td');
      make(name, 'i').style.background = colour(p[0]);
      name.append(' ' + p[0]);
      make(row, 'td', clock(p[1])).addEventListener('click', () => { selected = p; go(p[1]); refresh(); });
      const away = make(make(row, 'td'), 'button', '×');
      away.title = 'delete this point';
      away.addEventListener('click', () => quietly(remove(p)));
    });
    byId('none').hidden = r.points.length > 0;
    paint();
    draw();
  };
  const same = (a, b) => a[0] === b[0] && a[1] === b[1];
  const choose = (i) => {
    if (i < set.classes.length) chosen = i;
    refresh();
  };
  const step = (by) => {
    const at = shown.indexOf(now) + by;
    if (at >= 0 && at < shown.length) show(shown[at]);
  };
  const nextOpen = () => {
    const count = set.recordings.length;
    for (let i = 1; i < count; i++) {
      if (!isDone(set.recordings[(now + i) % count])) return show((now + i) % count);
    }
    say('All others are done.');
  };

  // The time line.
  const xOf = (t) => line.gutter + (t - view[0]) / (view[1] - view[0]) * (canvas.clientWidth - line.gutter - line.right);
  const tOf = (x) => view[0] + (x - line.gutter) / (canvas.clientWidth - line.gutter - line.right) * (view[1] - view[0]);
  const nearest = (x) => {
    let best = null, least = NEAR;
    for (const p of recording().points) {
      const distance = Math.abs(xOf(p[1]) - x);
      if (distance <= least) { best = p; least = distance; }
    }
    return best;
  };
  const draw = () => {
    if (!set) return;
    drawTimeline(canvas, line, { view, curves, truth, hover, cursor, selected, points: recording().points, next: colour(set.classes[chosen]), colour });
    byId('time').textContent = clock(hover === null ? cursor : Math.min(Math.max(0, tOf(hover)), end()));
  };

  canvas.addEventListener('mousemove', (event) => {
    hover = event.offsetX >= line.gutter - 4 ? Math.min(Math.max(event.offsetX, line.gutter), canvas.clientWidth - line.right) : null;
    draw();
  });
  canvas.addEventListener('mouseleave', () => { hover = null; draw(); });
  canvas.addEventListener('click', (event) => {
    if (event.offsetX < line.gutter - 4) return;
    const near = nearest(event.offsetX);
    const t = tOf(Math.min(Math.max(event.offsetX, line.gutter), canvas.clientWidth - line.right));
    go(near ? near[1] : t);
    if (event.shiftKey) return;
    if (near) { selected = near; refresh(); } else quietly(add(t));
  });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const width = view[1] - view[0];
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) look(view[0] + (event.deltaX || event.deltaY) / 800 * width, width);
    else zoom(Math.exp(event.deltaY / 500), tOf(event.offsetX));
  }, { passive: false });
  for (const event of ['timeupdate', 'seeked']) video.addEventListener(event, () => { cursor = video.currentTime; draw(); });
  video.addEventListener('loadedmetadata', () => { if (!recording().duration) { view = [0, end()]; draw(); } });
  video.addEventListener('error', () => { if (!video.hidden) say('The browser cannot play the video of this recording.', true); });

  const snippet = () => curves.length ? curves[0].step : 0.5;
  const KEYS = {
    'Enter': () => quietly(add(cursor)), 'Delete': () => selected && quietly(remove(selected)),
    'Backspace': () => selected && quietly(remove(selected)), 'z': () => quietly(undo()),
    'n': () => step(1), 'PageDown': () => step(1), 'p': () => step(-1), 'PageUp': () => step(-1), 'u': nextOpen,
    ' ': () => video.hidden || (video.paused ? video.play() : video.pause()),
    'ArrowLeft': (e) => go(cursor - snippet() * (e.shiftKey ? 10 : 1)), 'ArrowRight': (e) => go(cursor + snippet() * (e.shiftKey ? 10 : 1)),
    '+': () => zoom(0.5, cursor), '=': () => zoom(0.5, cursor), '-': () => zoom(2, cursor), '0': () => look(0, Infinity),
  };
  document.addEventListener('keydown', (event) => {
    const other = event.target.id === 'find' || (event.ctrlKey && event.key !== 'z') || event.metaKey || event.altKey;
    if (!set || other) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (/^[1-9]$/.test(key)) choose(Number(key) - 1);
    else if (KEYS[key]) KEYS[key](event);
    else return;
    event.preventDefault();
  });
  const press = (id, action) => byId(id).addEventListener('click', (event) => { event.currentTarget.blur(); action(); });
  press('set', () => quietly(add(cursor)));
  press('delete', () => selected && quietly(remove(selected)));
  press('undo', () => quietly(undo()));
  press('previous', () => step(-1));
  press('next', () => step(1));
  press('next-open', nextOpen);
  press('closer', () => zoom(0.5, cursor));
  press('wider', () => zoom(2, cursor));
  press('whole', () => look(0, Infinity));
  press('notice-close', () => say(''));
  byId('find').addEventListener('input', filter);
  byId('open-only').addEventListener('change', filter);
  list.addEventListener('scroll', paint);
  window.addEventListener('resize', () => { paint(); draw(); });

  load().then(poll, () => {});
})();
