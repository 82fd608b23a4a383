// Statements to begin with.

export const examples = [
  [
    'Orders of the last days',
    `SELECT date, value
FROM statistic_by_date
WHERE domain = 'shop' AND metric = 'orders' AND period = 'day'
ORDER BY date DESC
LIMIT 14`,
  ],
  [
    'Orders by month and country',
    `SELECT FORMAT(date, '%Y-%m') AS month, object_id AS country, SUM(value) AS orders
FROM statistic_by_date_and_object
WHERE domain = 'shop' AND metric = 'orders'
GROUP BY FORMAT(date, '%Y-%m'), object_id
ORDER BY month DESC, orders DESC`,
  ],
  [
    'The best days of each product',
    `SELECT object_id AS product, MAX(value) AS best, AVG(value) AS usual
FROM statistic_by_date_and_object
WHERE domain = 'shop' AND metric = 'revenue'
GROUP BY object_id`,
  ],
  ['All metrics', `SELECT domain, metric, kind, title, dimensions FROM metric`],
  [
    'Add a day (it changes the data)',
    `INSERT INTO statistic_by_date (domain, metric, period, date, value)
VALUES ('shop', 'orders', 'day', '2024-02-29', 7)`,
  ],
]
