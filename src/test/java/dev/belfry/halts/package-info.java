/** Nodes that halt in the middle of their work, and what comes of the e-mails. */
package dev.belfry.halts;
