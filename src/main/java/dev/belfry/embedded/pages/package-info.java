/** The demo's console, GraphiQL and tokens, for this machine only. */
@NullMarked
package dev.belfry.embedded.pages;

import org.jspecify.annotations.NullMarked;
