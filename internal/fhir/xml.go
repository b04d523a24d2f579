package fhir

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

const namespace = "http://hl7.org/fhir"

// asXML writes a resource as XML. The elements stand in the order of their fields, which
// is that of R4.
func asXML(r Resource) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := writeResource(&b, r, ` xmlns="`+namespace+`"`); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func writeResource(b *bytes.Buffer, r Resource, attributes string) error {
	name := r.base().ResourceType
	b.WriteString("<" + name + attributes + ">")
	if err := writeFields(b, reflect.ValueOf(r).Elem()); err != nil {
		return err
	}
	b.WriteString("</" + name + ">")
	return nil
}

func writeFields(b *bytes.Buffer, v reflect.Value) error {
	for field, value := range v.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		var err error
		switch {
		case field.Anonymous:
			err = writeFields(b, value)
		case name == "resourceType", v.Type() == extensionType && name == "url":
		case options == "omitempty" && (value.IsZero() || value.Kind() == reflect.Slice && value.Len() == 0):
		default:
			err = writeElement(b, strings.TrimPrefix(name, "_"), value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var extensionType = reflect.TypeFor[Extension]()

func writeElement(b *bytes.Buffer, name string, v reflect.Value) error {
	if r, ok := reflect.TypeAssert[Resource](v); ok {
		b.WriteString("<" + name + ">")
		if err := writeResource(b, r, ""); err != nil {
			return err
		}
		b.WriteString("</" + name + ">")
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer:
		return writeElement(b, name, v.Elem())
	case reflect.Slice:
		if bytes, ok := reflect.TypeAssert[[]byte](v); ok {
			return writePrimitive(b, name, base64.StdEncoding.EncodeToString(bytes))
		}
		for i := range v.Len() {
			if err := writeElement(b, name, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	case reflect.Struct:
		b.WriteString("<" + name)
		if e, ok := reflect.TypeAssert[Extension](v); ok {
			b.WriteString(` url="`)
			if err := xml.EscapeText(b, []byte(e.URL)); err != nil {
				return err
			}
			b.WriteString(`"`)
		}
		b.WriteString(">")
		if err := writeFields(b, v); err != nil {
			return err
		}
		b.WriteString("</" + name + ">")
		return nil
	}
	text, err := primitive(v)
	if err != nil {
		return err
	}
	return writePrimitive(b, name, text)
}

func primitive(v reflect.Value) (string, error) {
	switch value := v.Interface().(type) {
	case json.Number:
		return value.String(), nil
	case string:
		return value, nil
	case bool:
		return strconv.FormatBool(value), nil
	case int:
		return strconv.Itoa(value), nil
	}
	return "", fmt.Errorf("fhir: %s has no form in XML", v.Type())
}

func writePrimitive(b *bytes.Buffer, name, text string) error {
	b.WriteString("<" + name + ` value="`)
	if err := xml.EscapeText(b, []byte(text)); err != nil {
		return err
	}
	b.WriteString(`"/>`)
	return nil
}
