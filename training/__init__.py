"""How the shipped encoder was made: fine-tune a teacher, distil it, calibrate, quantise, export."""
