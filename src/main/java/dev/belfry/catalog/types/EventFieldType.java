package dev.belfry.catalog.types;

/** What a field of an event holds; the schema describes each. */
public enum EventFieldType {

	STRING, INTEGER, DECIMAL, MONEY, BOOLEAN, DATE_TIME, LIST

}
