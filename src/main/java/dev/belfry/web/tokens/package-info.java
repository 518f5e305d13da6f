/** Tokens: where clients put them, who issued them, and whom they stand for. */
@NullMarked
package dev.belfry.web.tokens;

import org.jspecify.annotations.NullMarked;
