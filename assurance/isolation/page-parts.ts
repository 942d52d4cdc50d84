/** Text as it stands in HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Rows of cells as a table; the last cell of a row of two is a number. */
export const tableOf = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows
    .map((row) => {
      const cells = row.map((cell, i) => {
        const kind = row.length === 2 && i === 1 ? ' class="number"' : '';
        return `<td${kind}>${escapeHtml(cell)}</td>`;
      });
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('')}</table>`;
