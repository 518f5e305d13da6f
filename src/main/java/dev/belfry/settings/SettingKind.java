package dev.belfry.settings;

/** What can be different between two versions of settings; the schema describes each. */
public enum SettingKind {

	DEFAULT_EMAIL, ENABLED, OVERRIDE_EMAILS

}
