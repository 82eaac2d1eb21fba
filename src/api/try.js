// Shows what openapi.json describes, and sends what somebody fills in. Everything is text: nothing is read as HTML.
"use strict";
(async () => {
  const made = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const described = await (await fetch("/api/v1/openapi.json")).json();
  const resolved = (schema) =>
    schema?.$ref ? resolved(described.components.schemas[schema.$ref.split("/").pop()]) : schema;
  const example = (schema) => {
    const properties = Object.entries(resolved(schema)?.properties ?? {});
    const required = resolved(schema)?.required ?? [];
    return Object.fromEntries(properties.filter(([name]) => required.includes(name)).map(([name, one]) =>
      [name, [one.type].flat().includes("integer") ? 1 : [one.type].flat().includes("boolean") ? false : ""]));
  };
  const list = document.getElementById("operations");
  let count = 0;
  for (const [path, methods] of Object.entries(described.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const box = made("details", "");
      box.append(made("summary", `${method.toUpperCase()} ${path}`));
      const text = [operation.summary, operation.description].filter(Boolean).join("\n");
      box.append(made("p", text));
      const form = made("form", "");
      const fields = [];
      for (const parameter of operation.parameters ?? []) {
        const id = `field${++count}`;
        const line = made("p", "");
        const input = made("input", "", { id, type: "text", autocomplete: "off" });
        line.append(made("label", parameter.name, { for: id }), " ", input);
        if (parameter.description) line.append(made("span", ` ${parameter.description}`, { class: "quiet" }));
        form.append(line);
        fields.push([parameter, input]);
      }
      const schema = operation.requestBody?.content["application/json"].schema;
      let body = null;
      if (schema) {
        const id = `field${++count}`;
        body = made("textarea", JSON.stringify(example(schema), null, 2), { id, spellcheck: "false" });
        form.append(made("label", "Body", { for: id }), body);
      }
      const answer = made("pre", "", { role: "status", tabindex: "0", "aria-label": "Answer" });
      answer.hidden = true;
      form.append(made("button", "Send"), answer);
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        let to = path;
        const query = new URLSearchParams();
        const headers = { authorization: `Bearer ${document.getElementById("token").value.trim()}` };
        for (const [parameter, input] of fields) {
          if (parameter.in === "path") to = to.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
          else if (input.value && parameter.in === "query") query.set(parameter.name, input.value);
          else if (input.value) headers[parameter.name] = input.value;
        }
        if (body) headers["content-type"] = "application/json";
        answer.hidden = false;
        answer.textContent = "…";
        try {
          const told = await fetch(query.size ? `${to}?${query}` : to, {
            method: method.toUpperCase(), headers, body: body?.value, credentials: "omit",
          });
          const read = await told.text();
          let shown = read;
          try { shown = JSON.stringify(JSON.parse(read), null, 2); } catch { /* It is no JSON. */ }
          answer.textContent = `${told.status}\n${shown}`;
        } catch (error) {
          answer.textContent = String(error);
        }
      });
      box.append(form);
      list.append(box);
    }
  }
})();
