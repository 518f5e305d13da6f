/** Tokens: where clients put them, who issued them, and which viewer they identify. */
@NullMarked
package dev.belfry.web.tokens;

import org.jspecify.annotations.NullMarked;
