/** Previews and test e-mails of alerts, saved or not. */
@NullMarked
package dev.belfry.alerts.trials;

import org.jspecify.annotations.NullMarked;
