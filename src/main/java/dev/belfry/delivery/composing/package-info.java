/** What an e-mail is and what it looks like: text, HTML, headers. */
@NullMarked
package dev.belfry.delivery.composing;

import org.jspecify.annotations.NullMarked;
