// Reads and writes zip archives by Go's own library, as Terraform does. Each line of its input is a JSON object: with
// "zip" (base64) it is read, with "files" (base64 by name) one is written. Each answer is such a line too.
package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"
)

type line struct {
	Zip   []byte            `json:"zip,omitempty"`
	Files map[string][]byte `json:"files,omitempty"`
	Error string            `json:"error,omitempty"`
}

func read(archive []byte) line {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return line{Error: err.Error()}
	}
	files := map[string][]byte{}
	for _, file := range reader.File {
		if _, exists := files[file.Name]; exists {
			return line{Error: "two files of one name"}
		}
		content, err := file.Open()
		if err != nil {
			return line{Error: err.Error()}
		}
		files[file.Name], err = io.ReadAll(content)
		if err != nil {
			return line{Error: err.Error()}
		}
	}
	return line{Files: files}
}

func write(files map[string][]byte) line {
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for name, content := range files {
		file, err := writer.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Now()})
		if err != nil {
			return line{Error: err.Error()}
		}
		if _, err = file.Write(content); err != nil {
			return line{Error: err.Error()}
		}
	}
	if err := writer.Close(); err != nil {
		return line{Error: err.Error()}
	}
	return line{Zip: archive.Bytes()}
}

func main() {
	input := json.NewDecoder(bufio.NewReader(os.Stdin))
	output := json.NewEncoder(os.Stdout)
	for {
		var asked line
		if err := input.Decode(&asked); err == io.EOF {
			return
		} else if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		answer := read(asked.Zip)
		if asked.Zip == nil {
			answer = write(asked.Files)
		}
		if err := output.Encode(answer); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
