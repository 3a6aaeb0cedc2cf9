/** How fast the inference worker is beside llama.cpp's own server, over HTTP and with the same libraries on both sides. */
@NullMarked
package dev.gatehouse.bench.worker;

import org.jspecify.annotations.NullMarked;
