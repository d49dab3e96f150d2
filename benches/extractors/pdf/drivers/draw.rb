# Draws strings in their places with Prawn: `draw.rb KIND INPUT FONT OUT`.
require "prawn"

_, input, font, out = ARGV
Prawn::Document.generate(out, page_size: "A4", margin: 0) do
  font font
  page = 1
  File.foreach(input, encoding: "UTF-8", chomp: true) do |line|
    number, x, y, size, _, text = line.split("\t", 6)
    start_new_page if number.to_i != page
    page = number.to_i
    draw_text text, at: [x.to_f, 842 - y.to_f], size: size.to_f
  end
end
