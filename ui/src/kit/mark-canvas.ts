const tile = { width: 340, height: 190 } as const;
const slope = -Math.PI / 9;

export interface MarkLook {
  ink: string;
  font: string;
}

/** Draws the lines over the whole canvas, slanted, every second row shifted by half a tile. */
export function drawMark(canvas: HTMLCanvasElement, lines: string[], look: MarkLook): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.fillStyle = look.ink;
  pen.font = look.font;
  pen.textAlign = 'center';
  for (let row = 0, y = 60; y < canvas.height + tile.height; row++, y += tile.height) {
    const shift = row % 2 === 0 ? 0 : tile.width / 2;
    for (let x = 100 - shift; x < canvas.width + tile.width; x += tile.width) {
      pen.save();
      pen.translate(x, y);
      pen.rotate(slope);
      lines.forEach((line, index) => pen.fillText(line, 0, index * 20));
      pen.restore();
    }
  }
}
