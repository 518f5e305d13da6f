/** Belfry as a browser meets it: Chromium, and nginx that ends TLS before a node. */
package dev.belfry.browser;
