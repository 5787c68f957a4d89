// Draws the bar chart of articles by month from the table beside it, which is all there is without scripts.
"use strict";
for (const figure of document.querySelectorAll("figure[data-months]")) {
  const rows = [...figure.querySelectorAll("tbody tr")];
  const links = rows.map((row) => row.querySelector("a").href);
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--soft").trim();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.color = ink;
  new Chart(figure.querySelector("canvas"), {
    type: "bar",
    data: {
      labels: rows.map((row) => row.cells[0].textContent.trim()),
      datasets: [{
        label: "Articles",
        data: rows.map((row) => Number(row.cells[1].textContent)),
        backgroundColor: style.getPropertyValue("--accent").trim(),
        hoverBackgroundColor: style.getPropertyValue("--ink").trim(),
        maxBarThickness: 36,
      }],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { display: false }, tooltip: { displayColors: false } },
      scales: {
        x: { grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 16 } },
        y: { beginAtZero: true, border: { display: false }, ticks: { precision: 0, maxTicksLimit: 5 } },
      },
      onClick: (event, bars) => { if (bars.length) location.href = links[bars[0].index]; },
      onHover: (event, bars) => { event.native.target.style.cursor = bars.length ? "pointer" : "default"; },
    },
  });
}
