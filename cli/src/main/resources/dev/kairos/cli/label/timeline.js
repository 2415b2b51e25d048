// Draws the time line: points on top, what is annotated where that is shown, a lane for each curve.
const drawTimeline = (() => {
  'use strict';
  const NAMES = { norm: 'size of ', change: 'change of ', activation: '' };
  return (canvas, line, { view, curves, truth, hover, cursor, selected, points, next, colour }) => {
    const xOf = (t) => line.gutter + (t - view[0]) / (view[1] - view[0]) * (canvas.clientWidth - line.gutter - line.right);
    const isSelected = (p) => selected && p[0] === selected[0] && p[1] === selected[1];
    const style = getComputedStyle(document.documentElement);
    const ink = (name) => style.getPropertyValue('--' + name).trim();
    const width = canvas.clientWidth;
    const truthHeight = truth.length ? 16 : 0;
    const height = line.top + truthHeight + Math.max(1, curves.length) * line.lane + line.axis;
    const ratio = window.devicePixelRatio || 1;
    canvas.style.height = height + 'px';
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const pen = canvas.getContext('2d');
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = '12px system-ui, sans-serif';
    pen.lineWidth = 1;
    const bottom = height - line.axis;
    const words = (text, x, y, align, colourOf) => { pen.fillStyle = colourOf; pen.textAlign = align; pen.fillText(text, x, y); };
    const up = (x, from, to) => { pen.beginPath(); pen.moveTo(x, from); pen.lineTo(x, to); pen.stroke(); };
    // Seconds.
    const wanted = (view[1] - view[0]) / Math.max(2, (width - line.gutter) / 95);
    const unit = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].find((s) => s >= wanted) || Math.ceil(wanted / 3600) * 3600;
    pen.strokeStyle = ink('line');
    for (let i = Math.ceil(view[0] / unit - 1e-9); i * unit <= view[1] + 1e-9; i++) {
      const x = Math.round(xOf(i * unit)) + 0.5;
      up(x, line.top, bottom);
      words(unit < 1 ? (i * unit).toFixed(2) + ' s' : Math.floor(i * unit / 60) + ':' + String(Math.round(i * unit) % 60).padStart(2, '0'), x, height - 6, x > width - 30 ? 'right' : 'center', ink('muted'));
    }
    pen.save();
    pen.beginPath();
    pen.rect(line.gutter, 0, width - line.gutter - line.right, height);
    pen.clip();
    for (const g of truth) {
      pen.fillStyle = colour(g[0]);
      pen.globalAlpha = 0.5;
      pen.fillRect(xOf(g[1]), line.top, Math.max(2, xOf(g[2]) - xOf(g[1])), 10);
      pen.globalAlpha = 1;
    }
    curves.forEach((c, lane) => {
      const base = line.top + truthHeight + (lane + 1) * line.lane - 5;
      let low = c.kind === 'activation' ? 0 : Infinity, high = -Infinity;
      for (const v of c.values) { low = Math.min(low, v); high = Math.max(high, v); }
      const y = (v) => base - (high > low ? (v - low) / (high - low) : 0.5) * (line.lane - 12);
      const from = Math.max(0, Math.floor((view[0] - c.first) / c.step) - 1);
      const to = Math.min(c.values.length, Math.ceil((view[1] - c.first) / c.step) + 2);
      pen.beginPath();
      for (let i = from; i < to; i++) pen.lineTo(xOf(c.first + i * c.step), y(c.values[i]));
      pen.strokeStyle = c.kind === 'activation' ? colour(c.name) : ink('curve');
      pen.lineWidth = 1.4;
      pen.stroke();
      pen.lineTo(xOf(c.first + (to - 1) * c.step), base);
      pen.lineTo(xOf(c.first + from * c.step), base);
      pen.globalAlpha = 0.1;
      pen.fillStyle = pen.strokeStyle;
      pen.fill();
      pen.globalAlpha = 1;
      pen.lineWidth = 1;
    });
    if (hover !== null) {
      pen.strokeStyle = next;
      pen.setLineDash([3, 3]);
      up(Math.round(hover) + 0.5, 4, bottom);
      pen.setLineDash([]);
    }
    pen.strokeStyle = ink('ink');
    up(Math.round(xOf(cursor)) + 0.5, line.top - 8, bottom);
    for (const p of points) {
      const x = xOf(p[1]), now = isSelected(p);
      pen.strokeStyle = pen.fillStyle = colour(p[0]);
      pen.lineWidth = now ? 2.5 : 1.5;
      up(x, 14, bottom);
      pen.beginPath();
      pen.arc(x, 14, now ? 8 : 6, 0, 7);
      pen.fill();
    }
    pen.restore();
    if (truth.length) words('annotated', line.gutter - 10, line.top + 9, 'right', ink('muted'));
    curves.forEach((c, lane) => {
      const name = NAMES[c.kind] + c.name;
      words(name.length > 19 ? name.slice(0, 18) + '…' : name, line.gutter - 10, line.top + truthHeight + lane * line.lane + line.lane / 2 + 4, 'right', ink('muted'));
    });
    words('points', line.gutter - 10, 18, 'right', ink('muted'));
  };
})();
