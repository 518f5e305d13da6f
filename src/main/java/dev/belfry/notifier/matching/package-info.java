/** Which alerts match an entry, by the rules in force when it was committed. */
@NullMarked
package dev.belfry.notifier.matching;

import org.jspecify.annotations.NullMarked;
